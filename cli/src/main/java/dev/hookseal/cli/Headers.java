package dev.hookseal.cli;

import dev.hookseal.observe.DeliveryFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Header lines, {@code Name: value}, as curl takes them. */
record Headers(Map<String, List<String>> values) {
    // what belongs to a connection and not to the delivery, and what the client writes itself
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final String NO_HEADER = "a header is written as 'Name: value', and this is not";
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    static Headers of(List<String> lines) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (!isHeader(line)) {
                throw new IllegalArgumentException("-H: " + NO_HEADER);
            }
            values.computeIfAbsent(line.substring(0, colon).strip(), name -> new ArrayList<>())
                    .add(withoutOneSpace(line.substring(colon + 1)));
        }
        return new Headers(values);
    }

    /** From a file, in which blank lines do not count. */
    static Headers read(Path file) throws IOException {
        List<String> lines = InputFile.latin1(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !isHeader(line)) {
                throw new IllegalArgumentException(file + ", line " + (i + 1) + ": " + NO_HEADER);
            }
        }
        return of(lines.stream().filter(line -> !line.isBlank()).toList());
    }

    private static boolean isHeader(String line) {
        int colon = line.indexOf(':');
        return colon > 0 && NAME.matcher(line.substring(0, colon).strip()).matches();
    }

    private static String withoutOneSpace(String value) {
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    Headers and(Headers more) {
        Map<String, List<String>> both = new LinkedHashMap<>(values);
        more.values.forEach((name, list) -> {
            both.keySet().removeIf(name::equalsIgnoreCase);
            both.put(name, list);
        });
        return new Headers(both);
    }

    Optional<String> first(String name) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(entry -> entry.getValue().get(0))
                .findFirst();
    }

    /** Those that are sent with a delivery. */
    Headers ofTheDelivery() {
        Map<String, List<String>> left = new LinkedHashMap<>(values);
        left.keySet()
                .removeIf(name -> OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))
                        || name.toLowerCase(Locale.ROOT).startsWith(DeliveryFiles.NOTES.toLowerCase(Locale.ROOT)));
        return new Headers(left);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        values.forEach((name, list) -> list.forEach(value -> lines.add(name + ": " + value)));
        return lines;
    }
}
