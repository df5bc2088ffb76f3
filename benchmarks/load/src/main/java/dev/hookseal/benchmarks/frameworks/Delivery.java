package dev.hookseal.benchmarks.frameworks;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an application without Hookseal would bind a delivery of Extracta to. */
record Delivery(String event, List<File> result) {

    record File(
            String extractionId,
            String batchId,
            String fileId,
            String fileName,
            String status,
            Map<String, @Nullable Object> result,
            String url) {}
}
