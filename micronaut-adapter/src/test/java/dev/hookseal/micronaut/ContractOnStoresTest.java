package dev.hookseal.micronaut;

import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractServer;
import dev.hookseal.contract.WebhookContract;
import dev.hookseal.fixture.store.DatabaseServer;
import dev.hookseal.fixture.store.RedisStoreServer;
import dev.hookseal.fixture.store.ServerOnStore;
import dev.hookseal.fixture.store.StoreServer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract with each store that the adapter opens. */
class ContractOnStoresTest {

    abstract static class OnStore extends WebhookContract {

        abstract StoreServer startStore() throws Exception;

        @Override
        protected ContractServer start(ContractApplication application) throws Exception {
            StoreServer store = startStore();
            return ServerOnStore.start(
                    store,
                    () -> ContractOnNettyTest.start(
                            application,
                            store.properties(),
                            context -> store.dataSource()
                                    .ifPresent(dataSource -> context.registerSingleton(DataSource.class, dataSource))));
        }
    }

    @Nested
    @Tag("full")
    class JdbcOnH2 extends OnStore {
        @Override
        StoreServer startStore() {
            return DatabaseServer.h2();
        }
    }

    @Nested
    @Tag("full")
    class JdbcOnPostgreSql extends OnStore {
        @Override
        StoreServer startStore() throws Exception {
            return DatabaseServer.postgreSql();
        }
    }

    @Nested
    @Tag("full")
    class Redis extends OnStore {
        @Override
        StoreServer startStore() throws Exception {
            return RedisStoreServer.start();
        }
    }
}
