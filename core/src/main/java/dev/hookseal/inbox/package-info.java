/**
 * Accepts verified deliveries now and handles them later: the SPI of an {@link dev.hookseal.inbox.Inbox}, and the
 * dispatcher that calls the listeners. The inbox in a database is in the module hookseal-inbox.
 */
@NullMarked
package dev.hookseal.inbox;

import org.jspecify.annotations.NullMarked;
