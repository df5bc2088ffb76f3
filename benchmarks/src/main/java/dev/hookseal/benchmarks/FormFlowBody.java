package dev.hookseal.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;

/** Bodies as FormFlow sends them, in ASCII and of an exact size: the documented members, then ones nobody documented. */
public enum FormFlowBody {
    /** The documented members and a sentence. */
    SMALL(300, 0),
    /** The documented members, 24 small objects (3.5 KB), and a text of many paragraphs (12.5 KB). */
    TEXT_16K(16 * 1024, 24),
    /** The documented members and nothing but small objects, 1,650 values; a harder one of the same size. */
    MEMBERS_16K(16 * 1024, 110),
    /** Like the second, with a longer text. */
    TEXT_1M(1024 * 1024, 24);

    // fixed, so that every run sends the same but for the time
    private static final long SEED = 2023_10_28;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final int size;
    private final int objects;

    FormFlowBody(int size, int objects) {
        this.size = size;
        this.objects = objects;
    }

    byte[] at(Instant time) {
        Random random = new Random(SEED);
        StringBuilder json = new StringBuilder(size + 256)
                .append("{\"eventId\":\"123e4567-e89b-12d3-a456-426614174000\",\"eventType\":\"extracted\"")
                .append(",\"timestamp\":\"")
                .append(TIME.format(time))
                .append("\",\"submissionId\":\"123e4567-e89b-12d3-a456-426614174001\",\"templateId\":1");
        if (objects > 0) {
            json.append(",\"fields\":[");
            for (int i = 0; i < objects; i++) {
                json.append(i == 0 ? "" : ",").append(field(random, i));
            }
            json.append(']');
        }
        json.append(",\"note\":\"");
        json.append(new Text(random).ofLength(size - json.length() - 2)).append("\"}");
        return json.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String field(Random random, int number) {
        return "{\"id\":" + number
                + ",\"name\":\"field" + number
                + "\",\"value\":" + random.nextInt(100_000) / 4.0
                + ",\"ok\":" + random.nextBoolean()
                + ",\"page\":" + random.nextInt(20)
                + ",\"by\":null,\"box\":[" + random.nextInt(600) + "," + random.nextInt(800) + "," + random.nextInt(600)
                + "," + random.nextInt(800) + "],\"source\":{\"kind\":\"ocr\",\"p\":0." + (1 + random.nextInt(9))
                + "}}";
    }
}
