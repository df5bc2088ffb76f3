package dev.hookseal.observe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A delivery in two files, as {@code hookseal listen} keeps and {@code hookseal explain} reads it: {@code 0001.body} has
 * the body byte for byte, {@code 0001.headers} a line for each header. Lines that begin with {@code Hookseal-} are notes.
 */
public final class DeliveryFiles {
    /** The end of the name of a file with a body. */
    public static final String BODY = ".body";

    /** The end of the name of a file with headers. */
    public static final String HEADERS = ".headers";

    /** The beginning of the name of a note among the headers. */
    public static final String NOTES = "Hookseal-";

    /** The note of when it came, in ISO 8601. */
    public static final String RECEIVED = NOTES + "Received";

    /** The note of the provider's name. */
    public static final String PROVIDER = NOTES + "Provider";

    /** The note of the endpoint's name. */
    public static final String ENDPOINT = NOTES + "Endpoint";

    /** The note of why it was rejected, see {@link dev.hookseal.request.RejectionReason#tag()}. */
    public static final String REASON = NOTES + "Reason";

    /** The note that the body is not whole: {@value #INCOMPLETE}. */
    public static final String BODY_NOTE = NOTES + "Body";

    /** The value of {@link #BODY_NOTE} for a body that is not whole. */
    public static final String INCOMPLETE = "incomplete";

    private static final OpenOption[] NEW = {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};

    private DeliveryFiles() {}

    /**
     * Writes a delivery.
     *
     * @param name such as {@code 0001}
     * @param notes by their whole names
     * @param headers those that would pass for notes are left out
     * @return the file with the body, written last
     * @throws java.nio.file.FileAlreadyExistsException if there is one of the name
     * @throws IOException if it cannot be written
     */
    public static Path write(
            Path directory, String name, Map<String, String> notes, Map<String, List<String>> headers, byte[] body)
            throws IOException {
        List<String> lines = new ArrayList<>();
        notes.forEach((note, value) -> lines.add(note + ": " + value));
        headers.forEach((header, values) -> {
            if (!header.regionMatches(true, 0, NOTES, 0, NOTES.length())) {
                values.forEach(value -> lines.add(header + ": " + value));
            }
        });
        String text = String.join("\n", lines) + "\n";
        // what is not ISO 8859-1 becomes a question mark, since a header has no other bytes
        Files.write(directory.resolve(name + HEADERS), text.getBytes(StandardCharsets.ISO_8859_1), NEW);
        return Files.write(directory.resolve(name + BODY), body, NEW);
    }
}
