package dev.hookseal.examples.micronaut;

import dev.hookseal.WebhookListener;
import dev.hookseal.formflow.FormFlowEvent;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

@Singleton
class Submissions {
    private final DataSource dataSource;

    Submissions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @WebhookListener(value = "submissions", events = "extracted")
    @Transactional
    void extracted(FormFlowEvent event) throws SQLException {
        try (PreparedStatement insert =
                dataSource.getConnection().prepareStatement("insert into submission (id) values (?)")) {
            insert.setString(1, event.submissionId());
            insert.executeUpdate();
        }
    }

    @EventListener
    @Transactional
    void createTable(StartupEvent event) throws SQLException {
        try (Statement statement = dataSource.getConnection().createStatement()) {
            statement.execute("create table if not exists submission (id varchar(100) not null)");
        }
    }
}
