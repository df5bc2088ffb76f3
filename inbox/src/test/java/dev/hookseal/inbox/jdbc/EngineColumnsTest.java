package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.hookseal.fixture.database.Sql;
import dev.hookseal.inbox.StoredDelivery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A row of the inbox is one of db-scheduler, so an upgrade of it that writes another column has to be noticed. */
@Tag("full")
class EngineColumnsTest {
    // of the inbox alone
    private static final Set<String> OURS = Set.of(
            "event_name",
            "accepted_at",
            "inbox_status",
            "retention_ms",
            "expires_at",
            "crashes",
            "no_listener_since",
            "last_error");

    @Test
    void anAcceptedDeliveryIsEqualToOneThatTheEngineScheduled() throws Exception {
        EachDatabase.run(dataSource -> {
            JdbcInbox inbox = EachDatabase.inbox(dataSource);
            StoredDelivery delivery = Deliveries.stored("accepted");
            inbox.accept(delivery);
            for (String column : new String[] {"event_name", "accepted_at", "retention_ms"}) {
                Sql.execute(dataSource, "alter table hookseal_inbox alter column " + column + " drop not null");
            }
            Task<byte[]> task = Tasks.oneTime("formflow", byte[].class).execute((instance, context) -> {});
            SchedulerClient client = SchedulerClient.Builder.create(dataSource, task)
                    .tableName("hookseal_inbox")
                    .serializer(new Bytes())
                    .build();
            client.scheduleIfNotExists(
                    new TaskInstance<>(
                            "formflow", "scheduled", delivery.content().toStored()),
                    Instant.now());

            Map<String, String> accepted = row(dataSource.getConnection(), "formflow:extracted:accepted");
            Map<String, String> scheduled = row(dataSource.getConnection(), "scheduled");

            assertThat(accepted).isEqualTo(scheduled).hasSize(12 - 2);
            inbox.close();
        });
    }

    /** Returns the engine's columns, save the key and the time. */
    private static Map<String, String> row(Connection connection, String key) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select * from hookseal_inbox where task_instance = '" + key + "'")) {
            assertThat(row.next()).isTrue();
            Map<String, String> columns = new TreeMap<>();
            ResultSetMetaData names = row.getMetaData();
            for (int i = 1; i <= names.getColumnCount(); i++) {
                columns.put(names.getColumnName(i).toLowerCase(Locale.ROOT), row.getString(i));
            }
            columns.keySet().removeAll(OURS);
            columns.keySet().removeAll(Set.of("task_instance", "execution_time"));
            return columns;
        }
    }

    private static final class Bytes implements Serializer {
        @Override
        public byte[] serialize(Object data) {
            return (byte[]) data;
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] data) {
            return type.cast(data);
        }
    }
}
