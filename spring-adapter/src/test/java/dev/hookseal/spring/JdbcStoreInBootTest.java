package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.jdbc.JdbcDeliveryStore;
import dev.hookseal.store.DeliveryStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The store in an application as Boot starts it, with all that configures itself. */
class JdbcStoreInBootTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Hooks.class)
    static class Application {}

    @RestController
    static class Hooks {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    @Test
    void usesTheDataSourceOfBoot() {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.getBean(DeliveryStore.class)).isInstanceOf(JdbcDeliveryStore.class);
            assertThat(context.containsBean("hooksealHealthIndicator")).isTrue();
        }
    }

    @Test
    void isOpenedOnceTheDatabaseIsInitialized() {
        try (ConfigurableApplicationContext context = start(
                "--hookseal.store.initialize-schema=never",
                "--spring.sql.init.schema-locations=classpath:dev/hookseal/schema/h2/V1__hookseal_delivery.sql,classpath:dev/hookseal/schema/h2/V2__hookseal_inbox.sql")) {
            context.getBean(DeliveryStore.class).check();
        }
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                // and not the endpoints of the other tests
                "--spring.config.name=jdbc-store",
                // and not the Redis that Boot would connect to
                "--hookseal.store.type=jdbc",
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--hookseal.endpoints.formflow.secret=whsec",
                "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID()));
        all.addAll(Arrays.asList(arguments));
        return new SpringApplicationBuilder(Application.class).run(all.toArray(String[]::new));
    }
}
