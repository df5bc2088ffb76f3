/**
 * Providers that send: a {@link dev.hookseal.testkit.fake.FakeProvider}, of any provider that has a kit, signs what it is
 * told to and delivers it over HTTP, again after a {@link dev.hookseal.testkit.fake.RetrySchedule}'s time if it was not
 * acknowledged. A {@link dev.hookseal.testkit.fake.DeliveryReport} is the outcome, with assertions: each
 * {@link dev.hookseal.testkit.fake.SentDelivery} in it has one {@link dev.hookseal.testkit.fake.DeliveryAttempt} or more.
 * {@link dev.hookseal.testkit.fake.FakeProviders} is a JUnit extension that passes providers to a test, for which it needs
 * junit-jupiter-api.
 */
@NullMarked
package dev.hookseal.testkit.fake;

import org.jspecify.annotations.NullMarked;
