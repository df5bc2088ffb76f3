/** A webhook endpoint in Spring Boot. */
@NullMarked
package dev.hookseal.examples.spring;

import org.jspecify.annotations.NullMarked;
