package dev.hookseal.micronaut;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Hookseal logs between beginning and end; the console does not show it. */
final class RecordedLog extends Handler {
    private static final Logger LOGGER = Logger.getLogger("dev.hookseal");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private RecordedLog() {}

    static RecordedLog begin() {
        RecordedLog log = new RecordedLog();
        log.setLevel(Level.ALL);
        LOGGER.setLevel(Level.ALL);
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(log);
        return log;
    }

    @Override
    public void publish(LogRecord entry) {
        lines.add(entry.getLevel() + " " + entry.getMessage());
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    void end() {
        LOGGER.removeHandler(this);
        LOGGER.setUseParentHandlers(true);
        LOGGER.setLevel(null);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
