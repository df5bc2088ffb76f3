package dev.hookseal.benchmarks;

import dev.hookseal.request.WebhookRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests with the headers that any delivery has beside the ones that matter. */
final class Requests {
    private static final Map<String, String> ALWAYS = Map.of(
            "Host", "receiver.example",
            "User-Agent", "provider/1.0",
            "Accept", "*/*",
            "Content-Type", "application/json; charset=utf-8");

    private Requests() {}

    static WebhookRequest post(byte[] body, String signatureHeader, String signature) {
        return WebhookRequest.of("POST", headers(Map.of(signatureHeader, signature)), body);
    }

    static Map<String, List<String>> headers(Map<String, String> own) {
        Map<String, String> all = new HashMap<>(ALWAYS);
        all.putAll(own);
        return all.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    }

    /** What is measured must do its work: a quick rejection would look fast. */
    static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("The benchmark is wrong: not " + what);
        }
    }
}
