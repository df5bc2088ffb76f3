package dev.hookseal.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A delivery in two files, {@code 0001.body} as it came byte for byte, and {@code 0001.headers} with a line for each
 * header. Two notes stand among these: when it came, and whose it is.
 */
final class DeliveryFile {
    private static final String BODY = ".body";
    private static final String HEADERS = ".headers";
    private static final String RECEIVED = Headers.NOTES + "Received";
    private static final String PROVIDER = Headers.NOTES + "Provider";

    private final Headers headers;
    private final byte[] body;

    private DeliveryFile(Headers headers, byte[] body) {
        this.headers = headers;
        this.body = body;
    }

    /** The headers from the file beside the body, if there is one. */
    static DeliveryFile read(Path body) throws IOException {
        Path headers = headersOf(body);
        boolean kept = !headers.equals(body) && Files.exists(headers);
        return new DeliveryFile(kept ? readHeaders(headers) : Headers.of(List.of()), Files.readAllBytes(body));
    }

    static Headers readHeaders(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        return Headers.of(lines.stream().filter(line -> !line.isBlank()).toList());
    }

    private static Path headersOf(Path body) {
        String name = String.valueOf(body.getFileName());
        return name.endsWith(BODY)
                ? body.resolveSibling(name.substring(0, name.length() - BODY.length()) + HEADERS)
                : body;
    }

    /** Writes it under a name. */
    static Path write(Path folder, String name, Provider provider, Instant received, Headers headers, byte[] body)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of(RECEIVED + ": " + received, PROVIDER + ": " + provider));
        lines.addAll(headers.lines());
        Files.write(folder.resolve(name + HEADERS), lines, StandardCharsets.ISO_8859_1);
        return Files.write(folder.resolve(name + BODY), body);
    }

    Headers headers() {
        return headers;
    }

    /** Not a copy. */
    byte[] body() {
        return body;
    }

    static boolean isBody(Path file) {
        return String.valueOf(file.getFileName()).endsWith(BODY);
    }

    DeliveryFile with(Headers more) {
        return new DeliveryFile(headers.and(more), body);
    }

    Optional<Instant> received() {
        return headers.first(RECEIVED).map(DeliveryFile::time);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "The header " + RECEIVED + " is no time such as 2023-10-28T12:00:00Z", e);
        }
    }

    Optional<Provider> provider() {
        return headers.first(PROVIDER).flatMap(Provider::named);
    }
}
