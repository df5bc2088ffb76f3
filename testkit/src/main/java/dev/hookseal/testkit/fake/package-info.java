/**
 * Providers that send: {@link dev.hookseal.testkit.fake.FakeFormFlow}, with the provider's webhook API, and
 * {@link dev.hookseal.testkit.fake.FakeExtracta} sign what they are told to and deliver it over HTTP, as
 * {@link dev.hookseal.testkit.fake.FakeProvider} says for both, again after a {@link dev.hookseal.testkit.fake.RetrySchedule}'s
 * time where it was not acknowledged. {@link dev.hookseal.testkit.fake.DeliveryReport} are what came of it, with assertions:
 * each a {@link dev.hookseal.testkit.fake.SentDelivery} of one
 * {@link dev.hookseal.testkit.fake.DeliveryAttempt} or more. FakeFormFlow needs wiremock-standalone, and nothing else
 * does. {@link dev.hookseal.testkit.fake.FakeProviders} is a JUnit extension that gives them to a test, for which it needs
 * junit-jupiter-api.
 */
@NullMarked
package dev.hookseal.testkit.fake;

import org.jspecify.annotations.NullMarked;
