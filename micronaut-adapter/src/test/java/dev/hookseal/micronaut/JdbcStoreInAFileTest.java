package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.jdbc.JdbcDeliveryStore;
import dev.hookseal.store.DeliveryStore;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on a data source that a factory of the application makes, without a module of Micronaut's for it. */
@Tag("full")
class JdbcStoreInAFileTest {
    private static final String SPEC = "jdbc-file";

    @TempDir
    private Path folder;

    @Factory
    @Requires(property = "spec", value = SPEC)
    static class Database {
        @Singleton
        @Bean(preDestroy = "dispose")
        JdbcConnectionPool dataSource(@Value("${database.url}") String url) {
            return JdbcConnectionPool.create(url, "", "");
        }
    }

    @Controller("/hooks")
    @Requires(property = "spec", value = SPEC)
    static class Hooks {
        private final String url;

        Hooks(@Value("${database.url}") String url) {
            this.url = url;
        }

        @WebhookEndpoint("formflow")
        @Post
        @Status(HttpStatus.CREATED)
        void received(FormFlowEvent event) throws SQLException {
            try (Connection connection = DriverManager.getConnection(url);
                    PreparedStatement insert = connection.prepareStatement("insert into handled values (?)")) {
                insert.setString(1, event.eventId());
                insert.executeUpdate();
            }
        }
    }

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("deliveries") + ";WRITE_DELAY=0";
    }

    @BeforeEach
    void createTable() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url())) {
            connection.createStatement().execute("create table handled (event_id varchar(100) not null)");
        }
    }

    @Test
    void remembersThroughARestart() throws Exception {
        try (Server server = start()) {
            assertThat(server.bean(DeliveryStore.class)).isInstanceOf(JdbcDeliveryStore.class);
            assertThat(server.send("/hooks", Delivery.of("e-1")).statusCode()).isEqualTo(201);
            assertThat(server.send("/hooks", Delivery.of("e-1")).statusCode()).isEqualTo(200);
        }
        try (Server server = start("jdbc")) {
            assertThat(server.send("/hooks", Delivery.of("e-1")).statusCode()).isEqualTo(200);
            assertThat(server.send("/hooks", Delivery.of("e-2")).statusCode()).isEqualTo(201);
        }

        assertThat(handled()).isEqualTo(2);
    }

    @Test
    void isNotUsedWhereAnotherStoreIsChosen() throws Exception {
        for (int restart = 0; restart < 2; restart++) {
            try (Server server = start("memory")) {
                assertThat(server.send("/hooks", Delivery.of("e-1")).statusCode())
                        .isEqualTo(201);
            }
        }

        assertThat(handled()).isEqualTo(2);
    }

    private Server start(String... storeType) {
        Map<String, Object> properties = new HashMap<>(Map.of("database.url", url()));
        for (String type : storeType) {
            properties.put("hookseal.store.type", type);
        }
        return Server.start(SPEC, properties);
    }

    private int handled() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                ResultSet rows = connection.createStatement().executeQuery("select count(*) from handled")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
