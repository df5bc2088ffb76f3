package dev.hookseal.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer that a sender got.
 *
 * @param headers by name in lower case
 */
record Answer(int status, Map<String, List<String>> headers, String body) {

    Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Returns all that a sender could read, for searching in it. */
    String everything() {
        return headers + "\n" + body;
    }
}
