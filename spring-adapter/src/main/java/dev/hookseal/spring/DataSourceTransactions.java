package dev.hookseal.spring;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.inbox.jdbc.InboxTransactions;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.NoRollbackRuleAttribute;
import org.springframework.transaction.interceptor.RuleBasedTransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttribute;

/**
 * The transactions of the application in the database of the inbox. A listener takes part in one that has been begun for
 * it, so that what its {@code @Transactional} says about a transaction must be what this one is.
 */
final class DataSourceTransactions implements ListenerTransactions {
    private final ConfigurableListableBeanFactory beans;
    private final AnnotationTransactionAttributeSource attributes = new AnnotationTransactionAttributeSource(false);
    private final @Nullable PlatformTransactionManager unqualified;
    // null unless exactly one manages the database of the inbox
    private final @Nullable PlatformTransactionManager manager;
    private final DataSource inbox;

    DataSourceTransactions(ConfigurableListableBeanFactory beans, DataSource inbox) {
        this.beans = beans;
        this.inbox = inbox;
        this.attributes.setEmbeddedValueResolver(new EmbeddedValueResolver(beans));
        this.unqualified =
                beans.getBeanProvider(PlatformTransactionManager.class).getIfUnique();
        this.manager = unqualified != null && manages(unqualified, inbox) ? unqualified : only(inbox);
    }

    private @Nullable PlatformTransactionManager only(DataSource inbox) {
        List<PlatformTransactionManager> managers = beans.getBeanProvider(PlatformTransactionManager.class).stream()
                .filter(each -> manages(each, inbox))
                .toList();
        return managers.size() == 1 ? managers.get(0) : null;
    }

    // As a property, since those of JPA and Hibernate have it too, and need not be on the class path.
    private static boolean manages(PlatformTransactionManager manager, DataSource inbox) {
        var properties = PropertyAccessorFactory.forBeanPropertyAccess(manager);
        return properties.isReadableProperty("dataSource")
                && properties.getPropertyValue("dataSource") instanceof DataSource managed
                && JdbcStore.withoutTransactions(managed).equals(JdbcStore.withoutTransactions(inbox));
    }

    /** Returns the transactions in which listeners complete. */
    InboxTransactions ofInbox() {
        return manager == null ? InboxTransactions.of(inbox) : new ManagedTransactions(manager, inbox);
    }

    @Override
    public boolean completes(AnnotatedHandler listener) {
        TransactionAttribute attribute = attributes.getTransactionAttribute(listener.method(), listener.beanClass());
        if (attribute == null) {
            return false;
        }
        String qualifier = Objects.requireNonNullElse(attribute.getQualifier(), "");
        TransactionManager its = qualifier.isEmpty()
                ? unqualified
                : BeanFactoryAnnotationUtils.qualifiedBeanOfType(beans, TransactionManager.class, qualifier);
        if (manager == null || !manager.equals(its)) {
            if (!qualifier.isEmpty()) {
                throw failure(
                        listener,
                        "the transaction manager \"" + qualifier + "\", which is not that of the inbox's database",
                        "move the work to a method of another bean with that annotation, and call it from the listener");
            }
            return false;
        }
        check(listener, attribute);
        return true;
    }

    private static void check(AnnotatedHandler listener, TransactionAttribute attribute) {
        if (attribute.getPropagationBehavior() != TransactionDefinition.PROPAGATION_REQUIRED) {
            throw failure(
                    listener,
                    "a propagation other than REQUIRED",
                    "remove the propagation, or move the work to a method of another bean with that annotation");
        }
        if (attribute.isReadOnly()) {
            throw failure(listener, "readOnly", "remove readOnly: the completion is written in this transaction");
        }
        if (attribute.getIsolationLevel() != TransactionDefinition.ISOLATION_DEFAULT) {
            throw failure(listener, "an isolation", "remove it, or set that of the connections of the DataSource");
        }
        if (attribute.getTimeout() != TransactionDefinition.TIMEOUT_DEFAULT) {
            throw failure(listener, "a timeout", "remove it, or bound the statements within the listener");
        }
        if (attribute instanceof RuleBasedTransactionAttribute rules
                && rules.getRollbackRules().stream().anyMatch(NoRollbackRuleAttribute.class::isInstance)) {
            throw failure(
                    listener,
                    "exceptions that do not roll back",
                    "remove noRollbackFor, noRollbackForClassName or dontRollbackOn: whatever a listener throws is rolled"
                            + " back and tried again. Catch within the listener what is not a failure");
        }
    }

    private static WebhookConfigurationException failure(AnnotatedHandler listener, String what, String action) {
        return new WebhookConfigurationException(
                listener + " completes its deliveries in its transaction, and its @Transactional has " + what, action);
    }
}
