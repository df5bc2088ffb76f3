package dev.hookseal.servlet;

import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractServer;
import dev.hookseal.fixture.store.DatabaseServer;
import dev.hookseal.fixture.store.RedisStoreServer;
import dev.hookseal.fixture.store.ServerOnStore;
import dev.hookseal.fixture.store.StoreServer;
import dev.hookseal.jdbc.InitializeSchema;
import dev.hookseal.jdbc.JdbcDeliveryStore;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.redis.RedisDeliveryStore;
import dev.hookseal.store.DeliveryStore;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract on servlets with each store, opened in code. */
class ContractOnStoresTest {

    record Opened(DeliveryStore store, Runnable close) {}

    abstract static class OnStore<S extends StoreServer> extends ContractTest {
        private Opened opened;
        private Map<String, WebhookReceiver<?>> receivers;

        abstract S startStore() throws Exception;

        abstract Opened open(S server);

        @Override
        protected ContractServer start(ContractApplication application) throws Exception {
            S server = startStore();
            return ServerOnStore.start(server, () -> {
                opened = open(server);
                receivers = application.receivers(opened.store());
                return super.start(application);
            });
        }

        @Override
        WebhookFilter filterOf(ContractApplication application, String endpoint) {
            return WebhookFilter.of(receivers.get(endpoint));
        }

        @AfterAll
        void closeStore() {
            opened.close().run();
        }
    }

    abstract static class OnDatabase extends OnStore<DatabaseServer> {
        @Override
        Opened open(DatabaseServer server) {
            JdbcDeliveryStore store = JdbcDeliveryStore.builder(
                            server.dataSource().orElseThrow())
                    .initializeSchema(InitializeSchema.ALWAYS)
                    .build();
            return new Opened(store, store::close);
        }
    }

    @Nested
    @Tag("full")
    class JdbcOnH2 extends OnDatabase {
        @Override
        DatabaseServer startStore() {
            return DatabaseServer.h2();
        }
    }

    @Nested
    @Tag("full")
    class JdbcOnPostgreSql extends OnDatabase {
        @Override
        DatabaseServer startStore() throws Exception {
            return DatabaseServer.postgreSql();
        }
    }

    @Nested
    @Tag("full")
    class Redis extends OnStore<RedisStoreServer> {
        @Override
        RedisStoreServer startStore() throws Exception {
            return RedisStoreServer.start();
        }

        @Override
        Opened open(RedisStoreServer server) {
            RedisDeliveryStore store = RedisDeliveryStore.of(server.uri());
            return new Opened(store, store::close);
        }
    }
}
