package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookListener;
import dev.hookseal.config.EndpointBinding;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.formflow.FormFlowEvent;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which listeners complete in their transaction, and what their {@code @Transactional} cannot ask for. */
class ListenerTransactionsTest {
    private static final String IN_IT = ".received, completes in its transaction";
    private static final String AFTER_IT = ".received, completes after it: at least once";

    private final CapturedLog log = CapturedLog.of(EndpointBinding.class);
    private final DataSource dataSource = dataSource();
    private final WebApplicationContextRunner application = SpringMvc.with()
            .withConfiguration(AutoConfigurations.of(HooksealInboxAutoConfiguration.class))
            .withPropertyValues(
                    "hookseal.store.type=memory",
                    "hookseal.inbox.workers=0",
                    "hookseal.endpoints.formflow.path=/webhooks/formflow");
    private final WebApplicationContextRunner withManager = application
            .withBean("dataSource", DataSource.class, () -> dataSource)
            .withBean("manager", PlatformTransactionManager.class, () -> new JdbcTransactionManager(dataSource));

    private static DataSource dataSource() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return dataSource;
    }

    @AfterEach
    void endCapture() {
        log.close();
    }

    static class NoTransaction {
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    static class Plain {
        @Transactional
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    @Transactional
    static class OnTheClass {
        @WebhookListener(value = "formflow", events = "extracted")
        void received(FormFlowEvent event) {}
    }

    static class OfJakarta {
        @jakarta.transaction.Transactional
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    static class RollsBackMore {
        @Transactional(rollbackFor = Exception.class)
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    static class Qualified {
        @Transactional("manager")
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    @ParameterizedTest
    @ValueSource(classes = {Plain.class, OnTheClass.class, OfJakarta.class, RollsBackMore.class, Qualified.class})
    void completesInTheTransactionOfAListener(Class<?> listener) {
        withManager.withBean(listener).run(context -> assertThat(context).hasNotFailed());

        assertThat(log.messages(Level.INFO))
                .singleElement(InstanceOfAssertFactories.STRING)
                .endsWith(" " + listener.getSimpleName() + IN_IT);
    }

    @Test
    void namesTheEventsOfAListenerInTheLog() {
        withManager
                .withBean(OnTheClass.class)
                .run(context -> assertThat(context).hasNotFailed());
        withManager.withBean(Plain.class).run(context -> assertThat(context).hasNotFailed());

        assertThat(log.messages(Level.INFO))
                .containsExactly("formflow extracted: OnTheClass" + IN_IT, "formflow (all events): Plain" + IN_IT);
    }

    @Test
    void completesAfterAListenerWithoutATransaction() {
        withManager
                .withBean(NoTransaction.class)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(log.messages(Level.INFO)).containsExactly("formflow (all events): NoTransaction" + AFTER_IT);
    }

    @Test
    void completesAfterAListenerWhoseTransactionIsInAnotherDatabase() {
        application
                .withBean("dataSource", DataSource.class, () -> dataSource)
                .withBean(DataSourceTransactionManager.class, () -> new DataSourceTransactionManager(dataSource()))
                .withBean(Plain.class)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(log.messages(Level.INFO)).containsExactly("formflow (all events): Plain" + AFTER_IT);
    }

    @Test
    void seesThroughTheProxyOfADataSource() {
        application
                .withBean("dataSource", DataSource.class, () -> new TransactionAwareDataSourceProxy(dataSource))
                .withBean(DataSourceTransactionManager.class, () -> new DataSourceTransactionManager(dataSource))
                .withBean(Plain.class)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(log.messages(Level.INFO)).containsExactly("formflow (all events): Plain" + IN_IT);
    }

    static class OtherIsolation {
        @Transactional(isolation = Isolation.SERIALIZABLE)
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    static class Timeout {
        @Transactional(timeout = 5)
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    static class ConfiguredTimeout {
        @Transactional(timeoutString = "${listener.timeout}")
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    static class ReadOnly {
        @Transactional(readOnly = true)
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    static class NoRollback {
        @Transactional(noRollbackFor = IllegalStateException.class)
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    static class NoRollbackByName {
        @Transactional(noRollbackForClassName = "IllegalStateException")
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    static class NoRollbackOfJakarta {
        @jakarta.transaction.Transactional(dontRollbackOn = IllegalStateException.class)
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    static class RequiresNew {
        @Transactional(propagation = Propagation.REQUIRES_NEW)
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    static class Mandatory {
        @Transactional(propagation = Propagation.MANDATORY)
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    static class RequiresNewOfJakarta {
        @jakarta.transaction.Transactional(jakarta.transaction.Transactional.TxType.REQUIRES_NEW)
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    @Transactional(readOnly = true)
    static class ReadOnlyClass {
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    static class OtherManager {
        @Transactional("business")
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OtherIsolation       | an isolation                         | that of the connections of the DataSource
            Timeout              | a timeout                            | bound the statements within the listener
            ConfiguredTimeout    | a timeout                            | bound the statements within the listener
            ReadOnly             | readOnly                             | remove readOnly
            ReadOnlyClass        | readOnly                             | remove readOnly
            NoRollback           | exceptions that do not roll back     | remove noRollbackFor
            NoRollbackByName     | exceptions that do not roll back     | noRollbackForClassName
            NoRollbackOfJakarta  | exceptions that do not roll back     | dontRollbackOn
            RequiresNew          | a propagation other than REQUIRED    | another bean
            Mandatory            | a propagation other than REQUIRED    | another bean
            RequiresNewOfJakarta | a propagation other than REQUIRED    | another bean
            OtherManager         | the transaction manager "business"   | another bean
            """)
    void rejectsWhatTheTransactionOfACompletionCannotBe(String listener, String description, String action)
            throws ClassNotFoundException {
        withManager
                .withBean("business", PlatformTransactionManager.class, () -> new JdbcTransactionManager(dataSource()))
                .withInitializer(context -> context.addBeanFactoryPostProcessor(
                        beans -> beans.getBeanDefinition("manager").setPrimary(true)))
                .withPropertyValues("listener.timeout=5")
                .withBean(Class.forName(ListenerTransactionsTest.class.getName() + "$" + listener))
                .run(context ->
                        SpringMvc.assertFailed(context, listener + ".received", "@Transactional", description, action));
    }

    @Test
    void rejectsAListenerWithoutADataSource() {
        application
                .withBean(NoTransaction.class)
                .run(context -> SpringMvc.assertFailed(
                        context,
                        "NoTransaction.received",
                        "hookseal-inbox needs a DataSource bean",
                        "set spring.datasource.url"));
    }
}
