package dev.hookseal.testkit.fake;

import dev.hookseal.testkit.SignedDelivery;
import java.net.URI;

/**
 * A delivery that a {@link FakeProvider} is about to send.
 *
 * @param event the event's name, for reports
 * @param delivery the request
 * @param url where it goes
 */
public record OutgoingDelivery(String event, SignedDelivery delivery, URI url) {}
