package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.contract.DeliveryStoreContract;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.jdbc.JdbcDeliveryStore;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.mock.web.MockServletContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.GenericWebApplicationContext;

/** The store on a data source of the application. */
class JdbcStoreTest {
    private final JdbcDataSource dataSource = dataSource();
    private final WebApplicationContextRunner application = SpringMvc.with(Handler.class)
            .withConfiguration(AutoConfigurations.of(
                    HooksealJdbcAutoConfiguration.class,
                    HooksealMetricsAutoConfiguration.class,
                    HooksealHealthAutoConfiguration.class));

    private static JdbcDataSource dataSource() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return dataSource;
    }

    @AfterEach
    void shutDown() throws SQLException {
        execute("shutdown");
    }

    @RestController
    static class Handler {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    @Test
    void isTheStoreWhereThereIsADataSource() {
        application
                .withBean(DataSource.class, () -> dataSource)
                .run(context -> assertThat(context.getBean(DeliveryStore.class)).isInstanceOf(JdbcDeliveryStore.class));
    }

    @Test
    void isNotTheStoreWithoutADataSourceOrWithoutTheModule() {
        application.run(
                context -> assertThat(context.getBean(DeliveryStore.class)).isInstanceOf(InMemoryDeliveryStore.class));
        application
                .withBean(DataSource.class, () -> dataSource)
                .withClassLoader(new FilteredClassLoader("dev.hookseal.jdbc"))
                .run(context ->
                        assertThat(context.getBean(DeliveryStore.class)).isInstanceOf(InMemoryDeliveryStore.class));
    }

    @Test
    void givesWayToAStoreOfTheApplicationsAndToTheOneInMemory() {
        DeliveryStore own = new InMemoryDeliveryStore(Clock.systemUTC(), 1);
        application
                .withBean(DataSource.class, () -> dataSource)
                .withBean(DeliveryStore.class, () -> own)
                .run(context -> assertThat(context.getBean(DeliveryStore.class)).isSameAs(own));
        application
                .withBean(DataSource.class, () -> dataSource)
                .withPropertyValues("hookseal.store.type=memory")
                .run(context ->
                        assertThat(context.getBean(DeliveryStore.class)).isInstanceOf(InMemoryDeliveryStore.class));
    }

    @Test
    void failsTheStartWhereItCannotBeOpened() {
        application
                .withBean(DataSource.class, () -> dataSource)
                .withPropertyValues("hookseal.store.initialize-schema=never")
                .run(context ->
                        SpringMvc.assertFailed(context, "hookseal_delivery is missing", "V1__hookseal_delivery.sql"));
        application
                .withPropertyValues("hookseal.store.type=jdbc")
                .run(context -> SpringMvc.assertFailed(context, "hookseal.store.type is jdbc", "such as a DataSource"));
    }

    @Test
    void takesTheNamedOneOfSeveralDataSources() {
        WebApplicationContextRunner several = application
                .withBean("orders", DataSource.class, () -> dataSource)
                .withBean("reports", DataSource.class, JdbcStoreTest::dataSource);

        several.run(context -> SpringMvc.assertFailed(context, "orders, reports", "set hookseal.store.data-source"));
        several.withPropertyValues("hookseal.store.data-source=invoices")
                .run(context -> SpringMvc.assertFailed(context, "data-source is invoices", "orders, reports"));
        several.withPropertyValues("hookseal.store.data-source=orders").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(remembered()).isZero();
        });
    }

    @Test
    void twoNodesHandleADeliveryOnce() {
        application
                .withBean(DataSource.class, () -> dataSource)
                .run(one -> application
                        .withBean(DataSource.class, () -> dataSource)
                        .run(other -> {
                            MockMvc first = SpringMvc.mockMvc(one);
                            MockMvc second = SpringMvc.mockMvc(other);

                            first.perform(Delivery.formFlow("e-1").to("/hooks"));
                            second.perform(Delivery.formFlow("e-1").to("/hooks"));
                            second.perform(Delivery.formFlow("e-2").to("/hooks"));

                            assertThat(remembered()).isEqualTo(2);
                        }));
    }

    @Test
    void isNoPartOfATransactionOfTheCallers() {
        DataSource proxy = new TransactionAwareDataSourceProxy(new TransactionAwareDataSourceProxy(dataSource));
        application.withBean(DataSource.class, () -> proxy).run(context -> {
            MockMvc mvc = SpringMvc.mockMvc(context);
            new TransactionTemplate(new DataSourceTransactionManager(dataSource)).executeWithoutResult(transaction -> {
                perform(mvc, "e-1");
                transaction.setRollbackOnly();
            });

            assertThat(remembered()).isEqualTo(1);
        });
    }

    private static void perform(MockMvc mvc, String eventId) {
        try {
            mvc.perform(Delivery.formFlow(eventId).to("/hooks"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void isTimed() {
        MeterRegistry registry = new SimpleMeterRegistry();
        application
                .withBean(DataSource.class, () -> dataSource)
                .withBean(MeterRegistry.class, () -> registry)
                .run(context -> {
                    MockMvc mvc = SpringMvc.mockMvc(context);
                    perform(mvc, "e-1");
                    perform(mvc, "e-1");
                });

        assertThat(registry.get("hookseal.store.calls")
                        .tags("operation", "claim", "result", "granted")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("hookseal.store.calls")
                        .tags("operation", "claim", "result", "completed")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void showsItsHealth() {
        application.withBean(DataSource.class, () -> dataSource).run(context -> {
            assertThat(health(context.getBean("hooksealHealthIndicator"))).contains("UP", "JdbcDeliveryStore");

            execute("drop table hookseal_delivery");

            assertThat(health(context.getBean("hooksealHealthIndicator"))).contains("DOWN", "HOOKSEAL_DELIVERY");
        });
        application
                .withPropertyValues("management.health.hookseal.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("hooksealHealthIndicator"));
    }

    // its type has another name in Boot 4, to which this class is not compiled
    private static String health(Object indicator) throws ReflectiveOperationException {
        Class<?> type = Arrays.stream(indicator.getClass().getInterfaces())
                .filter(each -> each.getSimpleName().equals("HealthIndicator"))
                .findFirst()
                .orElseThrow();
        return type.getMethod("health").invoke(indicator).toString();
    }

    @Test
    void closesWithTheApplication() {
        AtomicReference<DeliveryStore> store = new AtomicReference<>();

        application.withBean(DataSource.class, () -> dataSource).run(context -> {
            store.set(context.getBean(DeliveryStore.class));
            store.get().check();
        });

        assertThatIllegalStateException().isThrownBy(() -> store.get().check()).withMessageContaining("closed");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    private int remembered() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from hookseal_delivery where completed")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** The contract on the store that the auto-configuration opens. */
    @Nested
    class Contract extends DeliveryStoreContract {
        private GenericWebApplicationContext context;

        @Override
        protected DeliveryStore store(Clock clock) {
            context = new GenericWebApplicationContext(new MockServletContext());
            context.registerBean(DataSource.class, () -> dataSource);
            new AnnotatedBeanDefinitionReader(context)
                    .register(
                            SpringMvc.Mvc.class, HooksealJdbcAutoConfiguration.class, HooksealAutoConfiguration.class);
            context.refresh();
            assertThat(context.getBean(DeliveryStore.class)).isInstanceOf(JdbcDeliveryStore.class);
            return context.getBean(DeliveryStore.class);
        }

        @AfterEach
        void close() {
            context.close();
        }

        @Override
        protected void timeMoved(Duration by) throws SQLException {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement statement = connection.prepareStatement(
                            "update hookseal_delivery set expires_at = dateadd('MILLISECOND', ?, expires_at)")) {
                statement.setLong(1, -by.toMillis());
                statement.executeUpdate();
            }
        }

        @Override
        protected Duration margin() {
            return Duration.ofSeconds(30);
        }
    }
}
