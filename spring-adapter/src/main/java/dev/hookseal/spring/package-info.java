/** Webhooks in Spring MVC and Spring Boot. */
@NullMarked
package dev.hookseal.spring;

import org.jspecify.annotations.NullMarked;
