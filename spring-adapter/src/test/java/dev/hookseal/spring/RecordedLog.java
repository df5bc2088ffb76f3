package dev.hookseal.spring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What Hookseal logs between beginning and end, which the console does not show. */
final class RecordedLog extends AppenderBase<ILoggingEvent> {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.hookseal");
    private final @Nullable Level level = logger.getLevel();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private RecordedLog() {}

    static RecordedLog begin() {
        RecordedLog log = new RecordedLog();
        log.start();
        log.logger.setLevel(Level.DEBUG);
        log.logger.setAdditive(false);
        log.logger.addAppender(log);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getLevel() + " " + event.getFormattedMessage());
    }

    String text() {
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    void end() {
        logger.detachAppender(this);
        logger.setLevel(level);
        logger.setAdditive(true);
        stop();
    }
}
