package dev.hookseal.testkit.extracta;

import dev.hookseal.extracta.ExtractaEventType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A ready event of each type that Extracta documents. The provider's page shows one body for all of them, with one file
 * whose status is {@code processed}, and so do these: what else a status can be is not documented.
 *
 * <pre>{@code
 * ExtractaEvents.processed().withFiles(ExtractaEvents.file().withResult(Map.of("total", 12.5)));
 * }</pre>
 *
 * <p>Everything is fixed, since Extracta sends neither a delivery id nor a time.
 */
public final class ExtractaEvents {

    private ExtractaEvents() {}

    /** All files of one upload are processed. */
    public static FakeExtractaEvent processed() {
        return of(ExtractaEventType.EXTRACTION_PROCESSED);
    }

    /** A user edited the extracted data by hand. */
    public static FakeExtractaEvent edited() {
        return of(ExtractaEventType.EXTRACTION_EDITED);
    }

    /** A user confirmed the data. */
    public static FakeExtractaEvent confirmed() {
        return of(ExtractaEventType.EXTRACTION_CONFIRMED);
    }

    /** A file could not be processed. */
    public static FakeExtractaEvent failed() {
        return of(ExtractaEventType.EXTRACTION_FAILED);
    }

    /** One event of each documented type. */
    public static List<FakeExtractaEvent> documented() {
        return Arrays.stream(ExtractaEventType.values())
                .filter(type -> type != ExtractaEventType.UNKNOWN)
                .map(ExtractaEvents::of)
                .toList();
    }

    /**
     * An event of a documented type.
     *
     * @throws IllegalArgumentException for {@link ExtractaEventType#UNKNOWN}, which has no name
     */
    public static FakeExtractaEvent of(ExtractaEventType type) {
        return FakeExtractaEvent.example().withEvent(type);
    }

    /** An event of any name, such as {@code classification.processed}, which the provider has announced. */
    public static FakeExtractaEvent of(String event) {
        return FakeExtractaEvent.example().withEvent(event);
    }

    /** The file of the provider's example. */
    public static FakeExtractaFile file() {
        return FakeExtractaFile.example();
    }

    /**
     * The files of one upload: of the same extraction and batch, with ids, names and URLs that are numbered from 1.
     *
     * @throws IllegalArgumentException if the count is negative
     */
    public static List<FakeExtractaFile> files(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("An upload cannot have " + count + " files");
        }
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> file().withFileId("fileId" + number)
                        .withFileName("fileName" + number)
                        .withUrl("fileUrl" + number))
                .toList();
    }
}
