/**
 * The inbox in a relational database: {@link dev.hookseal.inbox.jdbc.JdbcInbox} accepts deliveries, {@link
 * dev.hookseal.inbox.jdbc.InboxWorkers} call the listeners, and {@link dev.hookseal.inbox.jdbc.InboxOperations} shows and
 * changes what is there. One row is the accepted delivery, its claim and the memory of it.
 *
 * <p>The engine that polls, keeps heartbeats and finds dead nodes is db-scheduler, on the table of this module. The
 * statements that it has no API for are in {@code InboxRows}.
 */
@NullMarked
package dev.hookseal.inbox.jdbc;

import org.jspecify.annotations.NullMarked;
