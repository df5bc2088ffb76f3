package dev.hookseal;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a bean that handles webhooks after their senders have been answered. Each delivery is stored in the
 * inbox first, answered with 202, and handled by a worker on any node; a method that throws is called again later.
 *
 * <pre>{@code
 * @WebhookListener("formflow")
 * @Transactional
 * void submitted(FormFlowEvent event) { ... }
 * }</pre>
 *
 * <p>Its parameters are the event or the {@link VerifiedWebhook}, and if wanted the {@link dev.hookseal.inbox.Attempt}, in
 * any order. It returns nothing: a result would go nowhere. The deliveries arrive at {@code
 * hookseal.endpoints.<name>.path}, or where a controller of the same endpoint takes the other events.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface WebhookListener {

    /**
     * Returns the name of a configured endpoint, as in {@code hookseal.endpoints.<name>}. A name that is not
     * configured fails the start of the application.
     */
    String value();

    /** Returns the names of the events to be handled, such as {@code extracted}; empty for all. */
    String[] events() default {};
}
