/**
 * Webhooks in Spring MVC and Spring Boot. With Boot, {@link dev.hookseal.spring.HooksealAutoConfiguration} sets all of it
 * up; without, {@link dev.hookseal.spring.HooksealMvcConfiguration} does. A
 * {@link dev.hookseal.spring.WebhookInterceptor} lets annotated handler methods run for genuine deliveries alone, a
 * {@link dev.hookseal.spring.WebhookArgumentResolver} hands them the event, and a
 * {@link dev.hookseal.spring.WebhookHandlerFilter} is for functional routes.
 */
@NullMarked
package dev.hookseal.spring;

import org.jspecify.annotations.NullMarked;
