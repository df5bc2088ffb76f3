package dev.hookseal.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The file that {@code -Xlog:gc} writes. */
final class GcLog {
    private static final Pattern PAUSE = Pattern.compile("Pause .*?\\d+M->(\\d+)M\\(\\d+M\\)");

    private GcLog() {}

    /** Returns the most that was in use after a collection, in MB, which is close to what the application holds. */
    static OptionalInt mostHeld(Path log) throws IOException {
        return PAUSE.matcher(Files.readString(log))
                .results()
                .mapToInt(pause -> Integer.parseInt(pause.group(1)))
                .max();
    }
}
