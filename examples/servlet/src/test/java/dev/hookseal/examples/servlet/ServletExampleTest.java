package dev.hookseal.examples.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.Forgeries;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.JsonStyle;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ServletExampleTest {
    private static final String EXTRACTA_SECRET = "E_AI_K_a-secret-of-the-tests";
    private static final SecretSource FORMFLOW_SECRETS = SecretSource.byEventType(Map.of(
            "extracted", List.of(SigningSecret.ofUtf8("extracted-secret")),
            "export", List.of(SigningSecret.ofUtf8("export-secret"))));

    private static Tomcat tomcat;

    @BeforeAll
    static void start() throws LifecycleException {
        tomcat = ServletExample.start(environment());
    }

    @AfterAll
    static void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PORT", "0");
        environment.put("EXTRACTA_SECRET", EXTRACTA_SECRET);
        FormFlowEvents.documented()
                .forEach(event -> environment.put(
                        "FORMFLOW_SECRET_"
                                + event.name().toUpperCase(Locale.ROOT).replace('-', '_'),
                        event.name() + "-secret"));
        return environment;
    }

    @Test
    void answersEveryEventOfFormFlowWithWhatWasBound() throws Exception {
        for (var event : FormFlowEvents.documented()) {
            HttpResponse<String> response = send("formflow", event.signedWith(event.name() + "-secret"));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body())
                    .contains("\"event\":\"" + event.name() + "\"")
                    .contains("\"templateId\":\"1\"");
        }
    }

    @Test
    void answersEveryEventOfExtractaWithItsFiles() throws Exception {
        for (var event : ExtractaEvents.documented()) {
            SignedDelivery delivery = event.withFiles(ExtractaEvents.file().withResult(Map.of("total", 12.5)))
                    .writtenAs(JsonStyle.PRETTY_PRINTED)
                    .signedWith(EXTRACTA_SECRET);
            HttpResponse<String> response = send("extracta", delivery);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body())
                    .contains("\"event\":\"" + event.name() + "\"")
                    .contains("\"data\":{\"total\":12.5}");
        }
    }

    @Test
    void rejectsWhatIsNotGenuine() throws Exception {
        Forgeries.of(FormFlowEvents.extracted().identifiedBy("not genuine").signedWith(FORMFLOW_SECRETS))
                .assertRejectedBy(uri("formflow"));
        Forgeries.of(ExtractaEvents.processed().signedWith(EXTRACTA_SECRET)).assertRejectedBy(uri("extracta"));
    }

    @Test
    void doesNotStartWithoutASecret() {
        Map<String, String> environment = environment();
        environment.remove("FORMFLOW_SECRET_EXPORT");

        assertThatThrownBy(() -> ServletExample.start(environment)).hasMessageContaining("FORMFLOW_SECRET_EXPORT");
    }

    @Test
    void handlesARedeliveryOnce() throws Exception {
        SignedDelivery delivery =
                FormFlowEvents.extracted().identifiedBy("redelivered").signedWith("extracted-secret");

        assertThat(send("formflow", delivery).body()).contains("extracted");
        assertThat(send("formflow", delivery))
                .satisfies(again -> assertThat(again.statusCode()).isEqualTo(200))
                .satisfies(again -> assertThat(again.body()).isEmpty());
    }

    private static HttpResponse<String> send(String provider, SignedDelivery delivery)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(delivery.toHttpRequest(uri(provider)), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String provider) {
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/webhooks/" + provider);
    }
}
