package dev.hookseal.spring;

import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractServer;
import dev.hookseal.fixture.store.DatabaseServer;
import dev.hookseal.fixture.store.RedisStoreServer;
import dev.hookseal.fixture.store.ServerOnStore;
import dev.hookseal.fixture.store.StoreServer;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.springframework.context.support.GenericApplicationContext;

/** The contract with each store that the auto-configuration opens. */
class ContractOnStoresTest {

    abstract static class OnStore extends ContractOnTomcatTest {
        private StoreServer store;

        abstract StoreServer startStore() throws Exception;

        @Override
        protected ContractServer start(ContractApplication application) throws Exception {
            store = startStore();
            return ServerOnStore.start(store, () -> super.start(application));
        }

        @Override
        Map<String, String> storeProperties() {
            return store.properties();
        }

        @Override
        void register(ContractApplication application, GenericApplicationContext starting) {
            super.register(application, starting);
            store.dataSource().ifPresent(dataSource -> starting.registerBean(DataSource.class, () -> dataSource));
        }

        @Override
        List<Class<?>> sources() {
            return List.of(ContractController.Beans.class);
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
