/** A webhook endpoint in an embedded Tomcat. */
@NullMarked
package dev.hookseal.examples.servlet;

import org.jspecify.annotations.NullMarked;
