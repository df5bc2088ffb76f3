/** Two nodes of a Spring Boot application that share a delivery store in PostgreSQL. */
@NullMarked
package dev.hookseal.examples.nodes;

import org.jspecify.annotations.NullMarked;
