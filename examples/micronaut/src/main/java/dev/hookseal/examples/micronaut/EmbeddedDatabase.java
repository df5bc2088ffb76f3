package dev.hookseal.examples.micronaut;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;

/** A PostgreSQL that is there while the application runs, in the environment {@code postgres}. */
@Singleton
@Requires(env = "postgres")
class EmbeddedDatabase implements BeanCreatedEventListener<DatasourceConfiguration> {
    private final EmbeddedPostgres postgres;

    EmbeddedDatabase() throws IOException {
        this.postgres = EmbeddedPostgres.start();
    }

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        DatasourceConfiguration configuration = event.getBean();
        configuration.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
        configuration.setUsername("postgres");
        configuration.setPassword("postgres");
        configuration.setDriverClassName("org.postgresql.Driver");
        return configuration;
    }

    @PreDestroy
    void stop() throws IOException {
        postgres.close();
    }
}
