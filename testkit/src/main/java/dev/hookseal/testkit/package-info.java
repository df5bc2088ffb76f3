/**
 * Fake events, signed just as the provider signs them. In reading order: {@link dev.hookseal.testkit.FormFlowEvents} and
 * {@link dev.hookseal.testkit.ExtractaEvents} have a ready event of each documented type, which is a
 * {@link dev.hookseal.testkit.FakeEvent}: change what matters, sign it, and it is a
 * {@link dev.hookseal.testkit.SignedDelivery}, to be sent or to be forged on purpose by a
 * {@link dev.hookseal.testkit.Forgery}. {@link dev.hookseal.testkit.Forgeries} are all that it can be forged to be, with the
 * assertion that an endpoint rejects them.
 *
 * <p>Below it: {@code fake} has providers that deliver over HTTP, and {@code spring} and {@code micronaut} send with what
 * those bring.
 */
@NullMarked
package dev.hookseal.testkit;

import org.jspecify.annotations.NullMarked;
