/**
 * Deliveries for Spring's MockMvc: {@link dev.hookseal.testkit.spring.WebhookRequestPostProcessors}. It needs spring-test,
 * of Spring Framework 6.2 or 7, and nothing else does.
 */
@NullMarked
package dev.hookseal.testkit.spring;

import org.jspecify.annotations.NullMarked;
