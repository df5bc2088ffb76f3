package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.spring.app.Sender;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a handler's transaction means for the sender, and work that a handler does not wait for. */
@SpringBootTest(
        classes = TransactionsOverHttpTest.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=auto-configuration",
            "server.address=127.0.0.1",
            "hookseal.endpoints.formflow.secret=" + Delivery.FORMFLOW_SECRET,
            "hookseal.endpoints.unwaited.secret=" + Delivery.FORMFLOW_SECRET,
            "hookseal.endpoints.unwaited.provider=formflow"
        })
class TransactionsOverHttpTest {
    @Autowired
    private Transactions transactions;

    @Autowired
    private Later later;

    private Sender sender;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnableTransactionManagement
    @EnableAsync
    @Import({Handlers.class, Later.class})
    static class Application {
        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2023-10-28T12:00:01Z"), ZoneOffset.UTC);
        }

        @Bean
        Transactions transactions() {
            return new Transactions();
        }
    }

    /** A database that rejects the first commit of a test, as one with deferred constraints may. */
    static final class Transactions extends AbstractPlatformTransactionManager {
        private static final long serialVersionUID = 1L;

        private final transient List<String> ended = new CopyOnWriteArrayList<>();
        private volatile boolean failing;

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            if (failing) {
                failing = false;
                ended.add("failed");
                throw new TransactionSystemException("a constraint");
            }
            ended.add("committed");
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            ended.add("rolled back");
        }
    }

    @RestController
    static class Handlers {
        private final Later later;

        Handlers(Later later) {
            this.later = later;
        }

        @Transactional
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks/transactional")
        public String transactional(FormFlowEvent event) {
            return "handled";
        }

        @WebhookEndpoint("unwaited")
        @PostMapping("/hooks/unwaited")
        String unwaited(FormFlowEvent event) {
            later.handle(event);
            return "acknowledged";
        }
    }

    static class Later {
        private final CompletableFuture<String> failed = new CompletableFuture<>();

        @Async
        public void handle(FormFlowEvent event) {
            failed.complete(event.eventId());
            throw new IllegalStateException("later");
        }

        public CompletableFuture<String> failed() {
            return failed;
        }
    }

    @BeforeEach
    void connect(@Value("${local.server.port}") int port) {
        sender = new Sender(port);
        transactions.ended.clear();
    }

    @Test
    void commitsBeforeTheSenderHasItsAnswer() {
        assertThat(sender.send("/hooks/transactional", Delivery.formFlow("committed"))
                        .body())
                .isEqualTo("handled");

        assertThat(transactions.ended).containsExactly("committed");
    }

    @Test
    void aCommitThatFailsIsAFailureAndTheRedeliveryIsHandled() {
        transactions.failing = true;

        HttpResponse<String> first = sender.send("/hooks/transactional", Delivery.formFlow("uncommitted"));
        HttpResponse<String> second = sender.send("/hooks/transactional", Delivery.formFlow("uncommitted"));

        assertThat(first.statusCode()).isEqualTo(500);
        assertThat(second.body()).isEqualTo("handled");
        assertThat(transactions.ended).containsExactly("failed", "committed");
    }

    /** The reason why the page tells against it. */
    @Test
    void aFailureOfAnAsyncMethodThatTheHandlerCallsIsLost() {
        Delivery delivery = Delivery.formFlow("lost");

        assertThat(sender.send("/hooks/unwaited", delivery).body()).isEqualTo("acknowledged");
        assertThat(later.failed().join()).isEqualTo("lost");
        HttpResponse<String> redelivery = sender.send("/hooks/unwaited", delivery);

        assertThat(redelivery.statusCode()).isEqualTo(200);
        assertThat(redelivery.body()).as("of the handler").isEmpty();
    }
}
