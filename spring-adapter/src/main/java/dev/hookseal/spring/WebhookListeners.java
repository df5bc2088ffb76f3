package dev.hookseal.spring;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.InboxListeners;
import dev.hookseal.inbox.Inbox;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/** The listeners of the application, known before there are receivers. */
final class WebhookListeners {
    private static final String JDBC_INBOX = "dev.hookseal.inbox.jdbc.JdbcInbox";

    private final ConfigurableListableBeanFactory beans;
    private final List<ListenerMethod> all;

    /**
     * Finds them.
     *
     * @throws WebhookConfigurationException if one of them cannot be a listener
     */
    WebhookListeners(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
        this.all = ListenerBeans.of(beans);
        all.forEach(listener -> ListenerCheck.check(listener, beans));
    }

    List<ListenerMethod> all() {
        return all;
    }

    ConfigurableListableBeanFactory beans() {
        return beans;
    }

    /**
     * Returns the inbox with the events that go there; null without a listener.
     *
     * @throws WebhookConfigurationException if there is a listener and not one inbox
     */
    @Nullable
    InboxListeners inbox(ObjectProvider<Inbox> inboxes, StoreMetrics metrics) {
        if (all.isEmpty()) {
            return null;
        }
        Inbox inbox = inboxes.getIfUnique();
        if (inbox == null) {
            throw withoutInbox(inboxes.stream());
        }
        InboxListeners listeners = new InboxListeners(metrics.of(inbox));
        all.forEach(listener -> listeners.add(
                listener.annotation().value(), Set.of(listener.annotation().events())));
        return listeners;
    }

    private WebhookConfigurationException withoutInbox(Stream<Inbox> inboxes) {
        if (inboxes.findAny().isPresent()) {
            return new WebhookConfigurationException(
                    "There are several Inbox beans, of which none is primary: "
                            + String.join(", ", beans.getBeanNamesForType(Inbox.class)),
                    "remove all but one, or annotate one with @Primary");
        }
        String listener = all.get(0) + " is annotated with @WebhookListener, and there is no inbox for its deliveries";
        return ClassUtils.isPresent(JDBC_INBOX, beans.getBeanClassLoader())
                ? new WebhookConfigurationException(
                        listener + ": hookseal-inbox needs a DataSource bean, which is missing",
                        "add spring-boot-starter-jdbc and a database driver, and set spring.datasource.url; or define an"
                                + " Inbox bean")
                : new WebhookConfigurationException(listener, "add hookseal-inbox, or define an Inbox bean");
    }
}
