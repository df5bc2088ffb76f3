package dev.hookseal.inbox;

import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Times what an inbox accepts, as {@code hookseal.inbox.accept} with the tag {@code result}: {@code accepted}, {@code
 * duplicate} or {@code failed}.
 *
 * @since 0.1.0
 */
public final class MeteredInbox implements Inbox {
    private final Inbox inbox;
    private final MeterProvider<Timer> timer;

    private MeteredInbox(Inbox inbox, MeterRegistry registry) {
        this.inbox = inbox;
        this.timer = Timer.builder("hookseal.inbox.accept")
                .description("How long the inbox took to store a delivery")
                .withRegistry(registry);
    }

    /** Returns an inbox that does the same and is timed. */
    public static Inbox of(Inbox inbox, MeterRegistry registry) {
        return new MeteredInbox(inbox, registry);
    }

    @Override
    public Acceptance accept(StoredDelivery delivery) {
        long start = System.nanoTime();
        String result = "failed";
        try {
            Acceptance acceptance = inbox.accept(delivery);
            result = acceptance.name().toLowerCase(Locale.ROOT);
            return acceptance;
        } finally {
            timer.withTags("result", result).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }
}
