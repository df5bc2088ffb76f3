/**
 * Any sender that signs with an HMAC, by {@linkplain dev.hookseal.hmac.HmacSettings properties} alone:
 * {@link dev.hookseal.hmac.HmacProvider}, and {@link dev.hookseal.hmac.HmacKit} for tests.
 */
@NullMarked
package dev.hookseal.hmac;

import org.jspecify.annotations.NullMarked;
