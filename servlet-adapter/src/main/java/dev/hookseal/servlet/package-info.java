/** Webhooks in a servlet container. */
@NullMarked
package dev.hookseal.servlet;

import org.jspecify.annotations.NullMarked;
