/**
 * Delivery stores in a relational database, which several nodes share: {@link dev.hookseal.jdbc.JdbcDeliveryStore} on any
 * {@code DataSource} of PostgreSQL, H2, MariaDB or MySQL. {@link dev.hookseal.jdbc.JdbcSettings} are its keys below
 * {@code hookseal.store}.
 *
 * <p>A call goes through {@code Connections}, which bounds it, to the {@code Dialect} of the database, which has the
 * statements. {@code Schema} checks or creates the table at the start, and {@code Purge} deletes what is over.
 */
@NullMarked
package dev.hookseal.jdbc;

import org.jspecify.annotations.NullMarked;
