package orders;

import dev.hookseal.WebhookListener;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.ParkException;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

@Singleton
class Archive {
    private final DataSource dataSource;

    Archive(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @EventListener
    @Transactional
    void createTable(StartupEvent event) throws SQLException {
        try (Statement statement = dataSource.getConnection().createStatement()) {
            statement.execute("create table if not exists archive (event_id varchar(100) not null)");
        }
    }

    @Transactional
    @WebhookListener("formflow")
    void received(FormFlowEvent event, Attempt attempt) throws SQLException {
        try (PreparedStatement insert =
                dataSource.getConnection().prepareStatement("insert into archive (event_id) values (?)")) {
            insert.setString(1, event.eventId());
            insert.executeUpdate();
        }
        if (event.eventId().startsWith("park")) {
            throw new ParkException("there is no such submission");
        }
        if (event.eventId().startsWith("fail") && attempt.number() == 1) {
            throw new IllegalStateException("the archive is closed");
        }
    }

    @Transactional
    int times(String eventId) throws SQLException {
        try (PreparedStatement query =
                dataSource.getConnection().prepareStatement("select count(*) from archive where event_id = ?")) {
            query.setString(1, eventId);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
