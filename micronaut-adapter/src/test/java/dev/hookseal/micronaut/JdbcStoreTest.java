package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.contract.DeliveryStoreContract;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.jdbc.JdbcDeliveryStore;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The store on a data source of the application. */
class JdbcStoreTest {
    private static final String SPEC = "jdbc";

    private final JdbcDataSource dataSource = new JdbcDataSource();

    JdbcStoreTest() {
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    @AfterEach
    void shutDown() throws SQLException {
        execute("shutdown");
    }

    @Controller("/hooks")
    @Requires(property = "spec", value = SPEC)
    static class Hooks {
        @WebhookEndpoint("formflow")
        @Post
        void received(FormFlowEvent event) {}
    }

    @Test
    void isTheStoreWhereThereIsADataSource() {
        try (Server server = Server.start(SPEC, Map.of(), dataSource)) {
            assertThat(server.bean(DeliveryStore.class)).isInstanceOf(JdbcDeliveryStore.class);
        }
        try (Server server = Server.start(SPEC)) {
            assertThat(server.bean(DeliveryStore.class)).isInstanceOf(InMemoryDeliveryStore.class);
        }
    }

    @Test
    void givesWayToAStoreOfTheApplicationsAndToTheOneInMemory() {
        DeliveryStore own = new InMemoryDeliveryStore(Clock.systemUTC(), 1);
        try (Server server = Server.start(SPEC, Map.of(), dataSource, own)) {
            assertThat(server.bean(DeliveryStore.class)).isSameAs(own);
        }
        try (Server server = Server.start(SPEC, Map.of("hookseal.store.type", "memory"), dataSource)) {
            assertThat(server.bean(DeliveryStore.class)).isInstanceOf(InMemoryDeliveryStore.class);
        }
    }

    @Test
    void failsTheStartWhereItCannotBeOpened() {
        assertThatThrownBy(() -> Server.start(SPEC, Map.of("hookseal.store.initialize-schema", "never"), dataSource))
                .hasStackTraceContaining("hookseal_delivery is missing");
        assertThatThrownBy(() -> Server.start(SPEC, Map.of("hookseal.store.type", "jdbc")))
                .hasStackTraceContaining("hookseal.store.type is jdbc, and there is no such store");
        assertThatThrownBy(() -> Server.start(SPEC, Map.of("hookseal.store.data-source", "invoices"), dataSource))
                .hasStackTraceContaining("hookseal.store.data-source is invoices");
        assertThatThrownBy(() -> Server.start(SPEC, Map.of(), dataSource, new JdbcDataSource()))
                .hasStackTraceContaining("There are several DataSource beans");
    }

    @Test
    void twoNodesHandleADeliveryOnce() throws Exception {
        MeterRegistry registry = new SimpleMeterRegistry();
        try (Server one = Server.start(SPEC, Map.of(), dataSource);
                Server other = Server.start(SPEC, Map.of(), dataSource, registry)) {
            one.send("/hooks", Delivery.of("e-1"));
            other.send("/hooks", Delivery.of("e-1"));
            other.send("/hooks", Delivery.of("e-2"));
        }

        assertThat(remembered()).isEqualTo(2);
        assertThat(claims(registry, "completed")).isEqualTo(1);
        assertThat(claims(registry, "granted")).isEqualTo(1);
    }

    private static long claims(MeterRegistry registry, String result) {
        return registry.get("hookseal.store.calls")
                .tags("operation", "claim", "result", result)
                .timer()
                .count();
    }

    @Test
    void closesWithTheApplication() {
        DeliveryStore store;
        try (Server server = Server.start(SPEC, Map.of(), dataSource)) {
            store = server.bean(DeliveryStore.class);
            store.check();
        }

        assertThatIllegalStateException().isThrownBy(store::check).withMessageContaining("closed");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    private int remembered() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from hookseal_delivery where completed")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** The contract on the store that the factory opens. */
    @Nested
    class Contract extends DeliveryStoreContract {
        private Server server;

        @Override
        protected DeliveryStore store(Clock clock) {
            server = Server.start(SPEC, Map.of(), dataSource);
            assertThat(server.bean(DeliveryStore.class)).isInstanceOf(JdbcDeliveryStore.class);
            return server.bean(DeliveryStore.class);
        }

        @AfterEach
        void stop() {
            server.close();
        }

        @Override
        protected void timeMoved(Duration by) throws SQLException {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement statement = connection.prepareStatement(
                            "update hookseal_delivery set expires_at = dateadd('MILLISECOND', ?, expires_at)")) {
                statement.setLong(1, -by.toMillis());
                statement.executeUpdate();
            }
        }

        @Override
        protected Duration margin() {
            return Duration.ofSeconds(30);
        }
    }
}
