/**
 * Fake events, signed just as their provider signs them, for every provider that has a
 * {@link dev.hookseal.provider.ProviderKit}. In reading order: a {@link dev.hookseal.testkit.FakeEvent} is one of the kit's
 * samples, or a body of your own. Change what matters, sign it, and it is a {@link dev.hookseal.testkit.SignedDelivery}, to
 * be sent or to be forged on purpose by a {@link dev.hookseal.testkit.Forgery}. {@link dev.hookseal.testkit.Forgeries} are
 * all that it can be forged to be, with the assertion that an endpoint rejects them.
 *
 * <p>Below it: {@code fake} has providers that deliver over HTTP; {@code spring} and {@code micronaut} send with what those
 * bring; {@code formflow} and {@code extracta} have events and providers that are made for one provider.
 */
@NullMarked
package dev.hookseal.testkit;

import org.jspecify.annotations.NullMarked;
