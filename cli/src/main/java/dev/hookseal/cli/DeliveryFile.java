package dev.hookseal.cli;

import dev.hookseal.internal.LogSafe;
import dev.hookseal.observe.DeliveryFiles;
import dev.hookseal.provider.ProviderKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A delivery in two files, {@code 0001.body} as it came byte for byte, and {@code 0001.headers} with a line for each
 * header. Notes are among these, such as when it came and whose it is.
 */
final class DeliveryFile {
    private static final String TO_SEND =
            "To sign a body and send it: hookseal send URL --file BODY --provider PROVIDER";

    private final Path file;
    private final Headers headers;
    private final byte[] body;

    private DeliveryFile(Path file, Headers headers, byte[] body) {
        this.file = file;
        this.headers = headers;
        this.body = body;
    }

    /** With the headers from the file beside the body, if there is one. */
    static DeliveryFile read(Path body) throws IOException {
        Path headers = headersOf(body);
        boolean kept = !headers.equals(body) && Files.exists(headers);
        byte[] bytes = InputFile.bytes(body);
        return new DeliveryFile(body, kept ? Headers.read(headers) : Headers.of(List.of()), bytes);
    }

    /**
     * With its headers.
     *
     * @throws IllegalArgumentException if there is no file of headers beside the body, or the body is not whole
     */
    static DeliveryFile readKept(Path body) throws IOException {
        DeliveryFile delivery = read(body);
        Path headers = headersOf(body);
        if (headers.equals(body)) {
            throw new IllegalArgumentException(body + " is not a kept delivery, whose name ends in .body. " + TO_SEND);
        }
        if (!Files.exists(headers)) {
            throw new IllegalArgumentException(
                    body + " is not a kept delivery: there is no " + headers.getFileName() + " beside it. " + TO_SEND);
        }
        if (delivery.isIncomplete()) {
            throw new IllegalArgumentException(body + " is not whole (" + DeliveryFiles.BODY_NOTE + ": "
                    + DeliveryFiles.INCOMPLETE + "), so it cannot be sent again");
        }
        return delivery;
    }

    private static Path headersOf(Path body) {
        String name = String.valueOf(body.getFileName());
        return name.endsWith(DeliveryFiles.BODY)
                ? body.resolveSibling(
                        name.substring(0, name.length() - DeliveryFiles.BODY.length()) + DeliveryFiles.HEADERS)
                : body;
    }

    Headers headers() {
        return headers;
    }

    /** Not a copy. */
    byte[] body() {
        return body;
    }

    static boolean isBody(Path file) {
        return String.valueOf(file.getFileName()).endsWith(DeliveryFiles.BODY);
    }

    DeliveryFile with(Headers more) {
        return new DeliveryFile(file, headers.and(more), body);
    }

    Optional<Instant> received() {
        return headers.first(DeliveryFiles.RECEIVED).map(this::time);
    }

    private Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    headersOf(file) + ": " + DeliveryFiles.RECEIVED + " is not a time such as 2023-10-28T12:00:00Z", e);
        }
    }

    Optional<ProviderKit> provider() {
        return headers.first(DeliveryFiles.PROVIDER).flatMap(Kits::named);
    }

    /** Why the provider is not known. */
    String whose() {
        return headers.first(DeliveryFiles.PROVIDER)
                .map(name -> "since " + headersOf(file) + " names \"" + LogSafe.of(name) + "\"")
                .orElse("since no headers beside it name one");
    }

    /** Whether the body was not read or kept to its end. */
    boolean isIncomplete() {
        return headers.first(DeliveryFiles.BODY_NOTE)
                .filter(DeliveryFiles.INCOMPLETE::equals)
                .isPresent();
    }

    KeptNotes notes() {
        return new KeptNotes(
                headers.first(DeliveryFiles.ENDPOINT).orElse(null),
                headers.first(DeliveryFiles.REASON).orElse(null));
    }
}
