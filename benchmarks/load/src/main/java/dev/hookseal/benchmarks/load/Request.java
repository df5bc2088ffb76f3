package dev.hookseal.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A POST with a body in ASCII. */
record Request(String path, Map<String, String> headers, String body) {
    private static final int BYTES = 819;
    private static final String KEY = "secret-of-the-load-test";
    private static final String BEFORE = "{\"event\":\"extraction.processed\",\"result\":";
    private static final String RESULT = "[{\"extractionId\":\"-N8f21c07ab4e963d50b\",\"batchId\":\"b3a91c54e07f2\","
            + "\"fileId\":\"f70c2b9d1e4a6\",\"fileName\":\"invoice-1.pdf\",\"status\":\"processed\","
            + "\"result\":{\"number\":\"RE-48213\",\"supplier\":{\"name\":\"Supplier 17 & Sons GmbH\","
            + "\"street\":\"Long Street 204\",\"city\":\"Hannover\",\"vatId\":\"DE482913377\"},"
            + "\"currency\":\"EUR\",\"paid\":false,\"items\":["
            + "{\"text\":\"Glass pane\",\"quantity\":3,\"price\":2140.25},"
            + "{\"text\":\"Labour\",\"quantity\":7,\"price\":310.5}],\"total\":8594.25,\"note\":\"%s\"},"
            + "\"url\":\"https://files.example/3f9c0a7b21d4/invoice-1.pdf\"}]";

    /** Extracta's secret, as an application is given it. */
    static final String EXTRACTA_SECRET = "E_AI_K_" + KEY;

    /**
     * Returns a signed delivery of Extracta of 819 bytes, as {@code JSON.stringify} writes it. It has no id and no
     * time: sent again, it is accepted again.
     */
    static Request extracta(String path) {
        int missing = BYTES - (BEFORE + RESULT.formatted("") + "}").length();
        String result = RESULT.formatted("n".repeat(missing));
        byte[] signature = Http.hmac(KEY, result.getBytes(StandardCharsets.US_ASCII));
        return new Request(
                path,
                Map.of("x-webhook-signature", Base64.getEncoder().encodeToString(signature)),
                BEFORE + result + "}");
    }

    byte[] bytes() {
        return Http.post(path, headers, body.getBytes(StandardCharsets.US_ASCII));
    }
}
