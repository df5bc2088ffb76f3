package dev.hookseal;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a controller method that receives webhooks. It is called with a verified event, once for each delivery, and
 * not at all for anything that is not genuine.
 *
 * <pre>{@code
 * @WebhookEndpoint("formflow")
 * @PostMapping("/webhooks/formflow")
 * void received(FormFlowEvent event) { ... }
 * }</pre>
 *
 * <p>On a class it holds for all of its handler methods; on a method it takes the place of the class's. It is found on
 * interfaces, superclasses and behind proxies, and as a meta-annotation.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface WebhookEndpoint {

    /**
     * Returns the name of a configured endpoint, as in {@code hookseal.endpoints.<name>}. A name that is not
     * configured, or an endpoint without a secret, fails the start of the application.
     */
    String value();

    /**
     * Returns the names of the events to be handled, such as {@code extracted}; empty for all. Any other event with a
     * valid signature is answered with 200, and the method is not called.
     */
    String[] events() default {};
}
