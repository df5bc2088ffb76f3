package dev.hookseal.benchmarks.frameworks;

import dev.hookseal.JsonData;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaFile;
import java.util.concurrent.atomic.LongAdder;

/** What all endpoints do: they look at what they are given, and count it. */
final class Handler {
    private static final LongAdder SEEN = new LongAdder();

    private Handler() {}

    static void verified(ExtractaEvent event) {
        SEEN.add(event.files().size());
    }

    /** Takes each file's data as a Map, so that as much is bound as in a {@link Delivery}. */
    static void verifiedAndBound(ExtractaEvent event) {
        for (ExtractaFile file : event.files()) {
            JsonData data = file.result();
            SEEN.add(data == null ? 0 : data.asMap().size());
        }
    }

    static void bytes(byte[] body) {
        SEEN.add(body.length);
    }

    static void typed(Delivery delivery) {
        for (Delivery.File file : delivery.result()) {
            SEEN.add(file.result().size());
        }
    }
}
