package dev.hookseal.testkit.fake;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the field of a test class, static or not, or the parameter of a test, that {@link FakeProviders} puts a fake
 * provider into. A parameter whose type is of one provider needs no mark.
 */
@Documented
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface Fake {
    /** Returns the provider's name, for {@link FakeProvider} itself. */
    String value() default "";
}
