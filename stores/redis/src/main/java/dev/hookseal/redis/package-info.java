/**
 * A delivery store on Redis, for several nodes: {@link dev.hookseal.redis.RedisDeliveryStore}. Its {@code Script}s are
 * atomic and measure leases and retentions by Redis's clock; its {@code RedisLink} keeps the connection, and rejects at
 * once while Redis is known not to answer.
 */
@NullMarked
package dev.hookseal.redis;

import org.jspecify.annotations.NullMarked;
