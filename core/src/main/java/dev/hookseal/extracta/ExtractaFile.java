package dev.hookseal.extracta;

import dev.hookseal.JsonData;
import org.jspecify.annotations.Nullable;

/**
 * What became of one file. Any member may be missing, and is null then; identifiers are opaque strings.
 *
 * @param extractionId the extraction that the file went through
 * @param batchId the upload that the file came with
 * @param fileId the file
 * @param fileName its name
 * @param status {@code processed} in the provider's example; its other values are not documented
 * @param result the extracted data, in the shape of the account's own template
 * @param url where the file is
 */
public record ExtractaFile(
        @Nullable String extractionId,
        @Nullable String batchId,
        @Nullable String fileId,
        @Nullable String fileName,
        @Nullable String status,
        @Nullable JsonData result,
        @Nullable String url) {}
