package dev.hookseal.hmac;

import dev.hookseal.hmac.HmacSettings.TimestampUnit;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignedTime;
import java.time.Instant;
import java.util.regex.Pattern;

/** Reads times in one unit, so that no two texts that differ in length are both near now: see {@link SignedTemplate}. */
final class Timestamps {
    private static final Pattern ISO = Pattern.compile("\\d{4}-.*");
    private static final Pattern ISO_WITH_END = Pattern.compile("\\d{4}-[^Z]*Z");

    private final TimestampUnit unit;
    private final Pattern form;

    /**
     * Creates a reader.
     *
     * @param marksItsEnd whether more of the message follows, so that an ISO 8601 text must end in {@code Z}
     */
    Timestamps(TimestampUnit unit, boolean marksItsEnd) {
        this.unit = unit;
        this.form = marksItsEnd ? ISO_WITH_END : ISO;
    }

    Instant read(String text) throws WebhookRejectedException {
        if (unit == TimestampUnit.ISO_8601 && !form.matcher(text).matches()) {
            throw new WebhookRejectedException(RejectionReason.TIMESTAMP_MALFORMED);
        }
        return switch (unit) {
            case SECONDS -> SignedTime.ofUnixSeconds(text);
            case MILLISECONDS -> SignedTime.ofUnixMillis(text);
            case ISO_8601 -> SignedTime.ofIso8601(text);
        };
    }
}
