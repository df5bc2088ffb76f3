package dev.hookseal.jdbc;

import dev.hookseal.contract.SharedDeliveryStoreContract;
import dev.hookseal.contract.StoreProcess;
import dev.hookseal.store.DeliveryStore;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

/** The contract on H2. */
class OnH2Test extends SharedDeliveryStoreContract {
    private final List<JdbcDeliveryStore> stores = new ArrayList<>();
    private H2Database database;
    private DataSource dataSource;

    @Override
    protected DeliveryStore store(Clock clock) throws SQLException {
        database = H2Database.start();
        dataSource = database.dataSource();
        return anotherNode(clock);
    }

    @Override
    protected DeliveryStore anotherNode(Clock clock) {
        JdbcDeliveryStore store = JdbcDeliveryStore.of(dataSource);
        stores.add(store);
        return store;
    }

    @Override
    protected StoreProcess anotherProcess() {
        return new StoreProcess(H2Database.Opener.class, database.urlForOthers());
    }

    @Override
    protected void timeMoved(Duration by) throws SQLException {
        H2Database.moveTime(dataSource, by);
    }

    @Override
    protected Duration margin() {
        return Duration.ofSeconds(30);
    }

    @Override
    protected void purge() {
        stores.get(0).purgeOnce();
    }

    @AfterEach
    void stop() throws SQLException {
        stores.forEach(JdbcDeliveryStore::close);
        database.close();
    }
}
