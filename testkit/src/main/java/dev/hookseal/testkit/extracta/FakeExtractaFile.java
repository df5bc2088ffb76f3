package dev.hookseal.testkit.extracta;

import dev.hookseal.testkit.internal.JsonText;
import dev.hookseal.testkit.internal.Members;
import org.jspecify.annotations.Nullable;

/** One element of an Extracta event's result, to be changed at will; {@link ExtractaEvents#file()} is a ready one. */
public final class FakeExtractaFile {
    private static final String RESULT = "result";

    private final Members members;

    private FakeExtractaFile(Members members) {
        this.members = members;
    }

    static FakeExtractaFile example() {
        return new FakeExtractaFile(Members.NONE)
                .withExtractionId("extractionId")
                .withBatchId("batchId")
                .withFileId("fileId")
                .withFileName("fileName")
                .withStatus("processed")
                .withResultJson("{}")
                .withUrl("fileUrl");
    }

    /** Another {@code extractionId}. */
    public FakeExtractaFile withExtractionId(String extractionId) {
        return with("extractionId", extractionId);
    }

    /** Another {@code batchId}; the files of one upload share it. */
    public FakeExtractaFile withBatchId(String batchId) {
        return with("batchId", batchId);
    }

    /** Another {@code fileId}. */
    public FakeExtractaFile withFileId(String fileId) {
        return with("fileId", fileId);
    }

    /** Another {@code fileName}. */
    public FakeExtractaFile withFileName(String fileName) {
        return with("fileName", fileName);
    }

    /** Another {@code status}. */
    public FakeExtractaFile withStatus(String status) {
        return with("status", status);
    }

    /** Another {@code url}. */
    public FakeExtractaFile withUrl(String url) {
        return with("url", url);
    }

    /**
     * Other extracted data.
     *
     * @param data a Map, a record, a bean, or {@link dev.hookseal.JsonData}
     * @throws IllegalArgumentException if it is a text, for which there is {@link #withResultJson}, or cannot be
     *     written as JSON
     */
    public FakeExtractaFile withResult(Object data) {
        return new FakeExtractaFile(members.with(RESULT, JsonText.ofData(data, "withResultJson")));
    }

    /**
     * Other extracted data, as JSON text.
     *
     * @throws IllegalArgumentException if it is not JSON; the message says where
     */
    public FakeExtractaFile withResultJson(String json) {
        return new FakeExtractaFile(members.with(RESULT, JsonText.checked(json)));
    }

    /**
     * Sets any member to any value, to add one or to give a documented one a value that it should not have.
     *
     * @param value null, a text, a number, a Boolean, a Map, a list, a record or a bean
     * @throws IllegalArgumentException if it cannot be written as JSON
     */
    public FakeExtractaFile with(String member, @Nullable Object value) {
        return new FakeExtractaFile(members.with(member, JsonText.of(value)));
    }

    /** Leaves a member out; nothing happens if it is not there. */
    public FakeExtractaFile without(String member) {
        return new FakeExtractaFile(members.without(member));
    }

    String json() {
        return members.json();
    }

    @Override
    public String toString() {
        return "FakeExtractaFile" + members.json();
    }
}
