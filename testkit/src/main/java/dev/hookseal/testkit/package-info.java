/**
 * Fake events, signed just as the provider signs them. In reading order: {@link dev.hookseal.testkit.FormFlowEvents} and
 * {@link dev.hookseal.testkit.ExtractaEvents} have a ready event of each documented type, which is a
 * {@link dev.hookseal.testkit.FakeEvent}: change what matters, sign it, and it is a
 * {@link dev.hookseal.testkit.SignedDelivery}, to be sent or to be spoiled on purpose by a
 * {@link dev.hookseal.testkit.Bend}.
 */
@NullMarked
package dev.hookseal.testkit;

import org.jspecify.annotations.NullMarked;
