package dev.hookseal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.formflow.FakeFormFlowEvent;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import dev.hookseal.testkit.inbox.TestInbox;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What an endpoint answers whose events a listener takes. */
class InboxTest {
    private static final String PATH = "/webhooks/formflow";
    private static final SigningSecret SECRET = SigningSecret.ofUtf8("a secret of the tests, long enough");

    private final TestInbox inbox = new TestInbox();
    private final List<String> servlet = new CopyOnWriteArrayList<>();
    private final List<String> listener = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @AutoClose
    private final Server server = new Server();

    private WebhookReceiver<FormFlowEvent> serve(Inbox into, String... events) {
        WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.builder(
                        new FormFlowProvider(),
                        EndpointSettings.builder("formflow").secret(SECRET).build())
                .inbox(into, Set.of(events))
                .build();
        server.filter(PATH, WebhookFilter.of(receiver))
                .servlet(
                        PATH,
                        (request, response) -> servlet.add(WebhookFilter.verified(request, FormFlowEvent.class)
                                .event()
                                .eventId()))
                .start();
        return receiver;
    }

    private HttpResponse<String> send(SignedDelivery delivery) throws Exception {
        return client.send(delivery.toHttpRequest(server.address().resolve(PATH)), BodyHandlers.ofString());
    }

    private static FakeFormFlowEvent extracted(String id) {
        return FormFlowEvents.extracted().withEventId(id);
    }

    @Test
    void answers202AndTheListenerRunsLater() throws Exception {
        WebhookReceiver<FormFlowEvent> receiver = serve(inbox);
        SignedDelivery delivery = extracted("1").signedWith(SECRET);

        HttpResponse<String> first = send(delivery);
        HttpResponse<String> second = send(delivery);

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.body()).isEmpty();
        assertThat(second.statusCode()).isEqualTo(200);
        inbox.runDue(InboxDispatcher.builder()
                .listener(
                        "formflow",
                        receiver::restore,
                        Set.of(),
                        (webhook, attempt) -> listener.add(webhook.event().eventId()))
                .build());
        assertThat(listener).containsExactly("1");
        assertThat(servlet).isEmpty();
    }

    @Test
    void theServletGetsTheEventsThatNoListenerTakes() throws Exception {
        serve(inbox, "export");

        assertThat(send(extracted("1").signedWith(SECRET)).statusCode()).isEqualTo(200);
        assertThat(send(FormFlowEvents.export().withEventId("2").signedWith(SECRET))
                        .statusCode())
                .isEqualTo(202);

        assertThat(servlet).containsExactly("1");
        inbox.assertAccepted(1);
    }

    @Test
    void answers503WhileTheInboxFails() throws Exception {
        serve(delivery -> {
            throw new IllegalStateException("the database is gone");
        });

        HttpResponse<String> answer = send(extracted("1").signedWith(SECRET));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).doesNotContain("database");
    }

    @Test
    void storesNothingThatIsForged() throws Exception {
        serve(inbox);

        assertThat(send(extracted("1").signedWith(SigningSecret.ofUtf8("another secret of the tests")))
                        .statusCode())
                .isEqualTo(401);
        inbox.assertAccepted(0);
    }
}
