/** Webhooks of several providers in one Spring Boot application. */
@NullMarked
package dev.hookseal.examples.providers;

import org.jspecify.annotations.NullMarked;
