package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookListener;
import dev.hookseal.config.EndpointBinding;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.inbox.Attempt;
import io.micronaut.context.annotation.Requires;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.annotation.ReadOnly;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener that is transactional by Micronaut Data completes its delivery in the transaction in which it writes. */
class InboxTransactionsTest {
    private static final String PATH = "/webhooks/formflow";

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    @BeforeEach
    void create() throws SQLException {
        execute("create table orders (id varchar(100) primary key, session bigint)");
    }

    @AfterEach
    void shutDown() throws SQLException {
        execute("shutdown");
    }

    private Server start(String spec, String... more) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("datasources.default.url", url);
        properties.put("hookseal.endpoints.formflow.path", PATH);
        properties.put("hookseal.inbox.backoff.initial", "1ms");
        properties.put("hookseal.inbox.poll-interval", "10ms");
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return Server.start(spec, properties);
    }

    /** What the listeners have in common. */
    abstract static class Orders {
        final BlockingQueue<String> attempts = new LinkedBlockingQueue<>();
        private final DataSource dataSource;

        Orders(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        void store(FormFlowEvent event, Attempt attempt) throws Exception {
            insert(event.eventId(), dataSource.getConnection());
            insert(event.eventId() + " by the attempt", attempt.connection());
            attempts.add(event.eventId() + " " + attempt.number());
        }

        private static void insert(String id, Connection connection) throws SQLException {
            try (var insert = connection.prepareStatement("insert into orders values (?, session_id())")) {
                insert.setString(1, id);
                insert.executeUpdate();
            }
        }

        String next() throws InterruptedException {
            return String.valueOf(attempts.poll(1, TimeUnit.MINUTES));
        }
    }

    @Requires(property = "spec", value = "inbox-tx")
    @Singleton
    static class TransactionalOrders extends Orders {
        private final TransactionOperations<Connection> transactions;
        private final Broken broken;

        TransactionalOrders(DataSource dataSource, TransactionOperations<Connection> transactions, Broken broken) {
            super(dataSource);
            this.transactions = transactions;
            this.broken = broken;
        }

        @WebhookListener("formflow")
        @Transactional(rollbackFor = IllegalStateException.class, name = "orders")
        void received(FormFlowEvent event, Attempt attempt) throws Exception {
            store(event, attempt);
            if (attempt.number() == 1) {
                switch (event.eventId()) {
                    case "checked" -> throw new IOException("not yet");
                    case "error" -> throw new AssertionError("not yet");
                    case "marked" ->
                        transactions.findTransactionStatus().orElseThrow().setRollbackOnly();
                    case "swallowed" -> swallow();
                    default -> {}
                }
            }
        }

        private void swallow() {
            try {
                broken.run();
            } catch (IllegalStateException e) {
                // its transaction, which is the same, can only be rolled back now
            }
        }
    }

    @Requires(property = "spec", value = "inbox-tx")
    @Singleton
    static class Broken {
        @Transactional
        void run() {
            throw new IllegalStateException("broken");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"checked", "error", "marked", "swallowed"})
    void aFailureRollsBackWhatTheListenerWroteAndTheNextAttemptCommitsBoth(String how) throws Exception {
        try (Server server = start("inbox-tx")) {
            TransactionalOrders orders = server.bean(TransactionalOrders.class);
            assertThat(server.send(PATH, Delivery.of(how)).statusCode()).isEqualTo(202);

            assertThat(orders.next()).isEqualTo(how + " 1");
            // its insert would violate the primary key
            assertThat(orders.next()).isEqualTo(how + " 2");
        }

        assertThat(count("hookseal_inbox where inbox_status = 2")).isEqualTo(1);
        assertThat(count("orders")).isEqualTo(2);
        assertThat(count("(select distinct session from orders)")).isEqualTo(1);
    }

    @Requires(property = "spec", value = "inbox-tx-jakarta")
    @Singleton
    @jakarta.transaction.Transactional
    static class JakartaOrders extends Orders {
        private final TransactionOperations<Connection> transactions;

        JakartaOrders(DataSource dataSource, TransactionOperations<Connection> transactions) {
            super(dataSource);
            this.transactions = transactions;
        }

        @WebhookListener("formflow")
        void received(FormFlowEvent event, Attempt attempt) throws Exception {
            store(event, attempt);
            if (attempt.number() == 1) {
                transactions.findTransactionStatus().orElseThrow().setRollbackOnly();
            }
        }
    }

    @Test
    void anAnnotationThatNothingMapsHasTheListenerRunInTheTransactionToo() throws Exception {
        try (CapturedLog log = CapturedLog.of(EndpointBinding.class);
                Server server = start("inbox-tx-jakarta")) {
            assertThat(log.messages())
                    .containsExactly("formflow (all events): JakartaOrders.received, completes in its transaction");
            server.send(PATH, Delivery.of("e-1"));

            assertThat(server.bean(JakartaOrders.class).next()).isEqualTo("e-1 1");
            assertThat(server.bean(JakartaOrders.class).next()).isEqualTo("e-1 2");
        }

        assertThat(count("orders")).isEqualTo(2);
    }

    @Requires(property = "spec", value = "inbox-tx-other")
    @Singleton
    static class OnAnother extends Orders {
        OnAnother(@Named("other") DataSource dataSource) {
            super(dataSource);
        }

        @WebhookListener("formflow")
        @Transactional(value = "other", isolation = TransactionDefinition.Isolation.SERIALIZABLE)
        void received(FormFlowEvent event, Attempt attempt) {
            attempts.add(event.eventId());
        }
    }

    @Test
    void aTransactionOnAnotherDataSourceIsAllowed() throws Exception {
        try (CapturedLog log = CapturedLog.of(EndpointBinding.class);
                Server server = start("inbox-tx-other", "datasources.other.url", "jdbc:h2:mem:" + UUID.randomUUID())) {
            assertThat(log.messages())
                    .containsExactly("formflow (all events): OnAnother.received, completes after it: at least once");
            server.send(PATH, Delivery.of("e-1"));

            assertThat(server.bean(OnAnother.class).next()).isEqualTo("e-1");
        }
    }

    @Requires(property = "spec", value = "inbox-tx-second")
    @Singleton
    static class OnTheSecond extends Orders {
        OnTheSecond(@Named("second") DataSource dataSource) {
            super(dataSource);
        }

        @WebhookListener(value = "formflow", events = "extracted")
        @Transactional("second")
        void named(FormFlowEvent event, Attempt attempt) throws Exception {
            store(event, attempt);
        }

        @WebhookListener(value = "formflow", events = "export")
        @Transactional
        void unnamed(FormFlowEvent event, Attempt attempt) {}
    }

    @Test
    void theDataSourceOfTheInboxDecides() throws Exception {
        try (CapturedLog log = CapturedLog.of(EndpointBinding.class);
                Server server = start(
                        "inbox-tx-second",
                        "datasources.default.url",
                        "jdbc:h2:mem:" + UUID.randomUUID(),
                        "datasources.second.url",
                        url,
                        "hookseal.store.data-source",
                        "second")) {
            assertThat(log.messages())
                    .containsExactly(
                            "formflow extracted: OnTheSecond.named, completes in its transaction",
                            "formflow export: OnTheSecond.unnamed, completes after it: at least once");
            server.send(PATH, Delivery.of("e-1"));

            assertThat(server.bean(OnTheSecond.class).next()).isEqualTo("e-1 1");
        }

        assertThat(count("(select distinct session from orders)")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "inbox-tx-isolation, an isolation",
        "inbox-tx-timeout, a timeout",
        "inbox-tx-no-rollback, noRollbackFor",
        "inbox-tx-read-only, readOnly",
        "inbox-tx-read-only-annotation, readOnly",
        "inbox-tx-new, propagation REQUIRES_NEW",
        "inbox-tx-jakarta-new, propagation REQUIRES_NEW",
        "inbox-tx-jakarta-no-rollback, dontRollbackOn",
    })
    void failsTheStartForWhatATransactionThatHasBegunCannotGive(String spec, String member) {
        assertThat(failure(spec))
                .contains(".received carries @WebhookListener and a @Transactional with " + member
                        + ", and it runs in the transaction of the inbox");
    }

    @Test
    void failsTheStartForATransactionManagerThatThereIsNot() {
        assertThat(failure("inbox-tx-manager"))
                .isEqualTo("Manager.received carries @WebhookListener and a @Transactional of the transaction manager"
                        + " orders, and nothing has that name: name a data source whose transactions are managed, or"
                        + " remove the name if the listener writes into the data source of the inbox");
    }

    private String failure(String spec) {
        Throwable failure = catchThrowable(() -> start(spec).close());
        assertThat(failure).isInstanceOf(WebhookConfigurationException.class);
        return failure.getMessage();
    }

    @Requires(property = "spec", value = "inbox-tx-isolation")
    @Singleton
    static class WithIsolation {
        @WebhookListener("formflow")
        @Transactional(isolation = TransactionDefinition.Isolation.SERIALIZABLE)
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "inbox-tx-timeout")
    @Singleton
    static class WithTimeout {
        @WebhookListener("formflow")
        @Transactional(timeout = 5)
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "inbox-tx-no-rollback")
    @Singleton
    static class WithoutRollback {
        @WebhookListener("formflow")
        @Transactional(noRollbackFor = IOException.class)
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "inbox-tx-read-only")
    @Singleton
    @Transactional(readOnly = true)
    static class Reading {
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "inbox-tx-read-only-annotation")
    @Singleton
    static class ReadingOnly {
        @WebhookListener("formflow")
        @ReadOnly
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "inbox-tx-new")
    @Singleton
    static class WithNew {
        @WebhookListener("formflow")
        @Transactional(propagation = TransactionDefinition.Propagation.REQUIRES_NEW)
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "inbox-tx-jakarta-new")
    @Singleton
    static class WithJakartasNew {
        @WebhookListener("formflow")
        @jakarta.transaction.Transactional(jakarta.transaction.Transactional.TxType.REQUIRES_NEW)
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "inbox-tx-jakarta-no-rollback")
    @Singleton
    static class WithoutJakartasRollback {
        @WebhookListener("formflow")
        @jakarta.transaction.Transactional(dontRollbackOn = IOException.class)
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "inbox-tx-manager")
    @Singleton
    static class Manager {
        @WebhookListener("formflow")
        @Transactional("orders")
        void received(FormFlowEvent event) {}
    }

    private long count(String from) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                ResultSet rows = connection.createStatement().executeQuery("select count(*) from " + from)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
            connection.createStatement().execute(sql);
        }
    }
}
