package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookListener;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.ParkException;
import dev.hookseal.inbox.jdbc.InboxCount;
import dev.hookseal.inbox.jdbc.InboxOperations;
import dev.hookseal.inbox.jdbc.InboxStatus;
import dev.hookseal.inbox.jdbc.JdbcInbox;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.testkit.inbox.TestInbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;

/** The inbox on a data source of the application, its workers, and its health. */
class JdbcInboxTest {
    private static final String PATH = "/webhooks/formflow";
    private static final String KEY = "formflow:extracted:1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JdbcDataSource dataSource = new JdbcDataSource();
    private final WebApplicationContextRunner application = SpringMvc.with()
            .withConfiguration(
                    AutoConfigurations.of(HooksealInboxAutoConfiguration.class, HooksealHealthAutoConfiguration.class))
            .withPropertyValues("hookseal.store.type=memory", "hookseal.endpoints.formflow.path=" + PATH)
            .withBean(DataSource.class, () -> dataSource);

    JdbcInboxTest() {
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    @AfterEach
    void shutDown() throws SQLException {
        execute("shutdown");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    private static int send(ApplicationContext context) throws Exception {
        return SpringMvc.mockMvc(context)
                .perform(Delivery.formFlow("1").to(PATH))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    private static void await(ApplicationContext context, InboxStatus status) {
        InboxOperations operations = context.getBean(InboxOperations.class);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (operations.show(KEY).orElseThrow().status() != status) {
            assertThat(System.nanoTime()).as("time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    static class Listener {
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    @Test
    void isTheInboxWhereThereIsADataSource() {
        application.withBean(Listener.class).run(context -> {
            assertThat(context.getBean(Inbox.class)).isInstanceOf(JdbcInbox.class);
            assertThat(send(context)).isEqualTo(202);
            await(context, InboxStatus.HANDLED);
            assertThat(send(context)).isEqualTo(200);
        });
    }

    @Test
    void givesWayToAnInboxOfTheApplication() {
        application
                .withBean(Listener.class)
                .withBean(Inbox.class, () -> new TestInbox())
                .run(context -> assertThat(context)
                        .doesNotHaveBean(JdbcInbox.class)
                        .doesNotHaveBean(InboxOperations.class)
                        .hasSingleBean(InboxDispatcher.class));
    }

    @Test
    void needsNoTransactionsOfSpring() {
        application
                .withBean(Listener.class)
                .withClassLoader(new FilteredClassLoader(PlatformTransactionManager.class))
                .run(context -> {
                    assertThat(send(context)).isEqualTo(202);
                    await(context, InboxStatus.HANDLED);
                });
    }

    @Test
    void leavesTheWorkToAnotherNodeIfItHasNoWorkers() {
        application
                .withBean(Listener.class)
                .withPropertyValues("hookseal.inbox.workers=0")
                .run(context -> {
                    assertThat(send(context)).isEqualTo(202);
                    assertThat(context.getBean(InboxOperations.class).counts())
                            .singleElement()
                            .extracting(InboxCount::state, InboxCount::number)
                            .containsExactly(InboxCount.State.WAITING, 1L);
                });
        application.withBean(Listener.class).run(context -> await(context, InboxStatus.HANDLED));
    }

    static class Patient {
        private static final CountDownLatch STARTED = new CountDownLatch(1);

        @WebhookListener("formflow")
        void received(FormFlowEvent event, Attempt attempt) {
            STARTED.countDown();
            while (!attempt.isStopping()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void waitsForTheListenersThatRunWhenTheApplicationEnds() {
        application.withBean(Patient.class).run(context -> {
            assertThat(send(context)).isEqualTo(202);
            assertThat(Patient.STARTED.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        });

        application
                .withBean(Listener.class)
                .withPropertyValues("hookseal.inbox.workers=0")
                .run(context -> assertThat(context.getBean(InboxOperations.class)
                                .show(KEY)
                                .orElseThrow()
                                .status())
                        .isEqualTo(InboxStatus.HANDLED));
    }

    static class Parking {
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {
            throw new ParkException("never");
        }
    }

    @Test
    void showsInItsHealthWhatIsParkedAndIsUp() {
        application.withBean(Parking.class).run(context -> {
            assertThat(send(context)).isEqualTo(202);
            await(context, InboxStatus.PARKED);

            assertThat(health(context)).contains("UP", "parked=1", "waiting=0");
        });
    }

    @Test
    void isOutOfServiceWithoutItsTable() {
        application
                .withBean(Listener.class)
                .withPropertyValues("hookseal.inbox.workers=0")
                .run(context -> {
                    execute("drop table hookseal_inbox");

                    assertThat(health(context)).contains("OUT_OF_SERVICE");
                    assertThat(send(context)).isEqualTo(503);
                });
    }

    @Test
    void showsNoHealthIfThatIsSwitchedOff() {
        application
                .withBean(Listener.class)
                .withPropertyValues("management.health.hookseal.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("hooksealInboxHealthIndicator"));
    }

    // its type has another name in Boot 4, to which this class is not compiled
    private static String health(ApplicationContext context) throws ReflectiveOperationException {
        Object indicator = context.getBean("hooksealInboxHealthIndicator");
        Class<?> type = Arrays.stream(indicator.getClass().getInterfaces())
                .filter(each -> each.getSimpleName().equals("HealthIndicator"))
                .findFirst()
                .orElseThrow();
        return type.getMethod("health").invoke(indicator).toString();
    }
}
