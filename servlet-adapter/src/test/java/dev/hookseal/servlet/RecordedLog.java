package dev.hookseal.servlet;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPLogger;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Keeps every line that Hookseal logs while the tests run, so that a test can ask for what a developer would read. What
 * a container logs of itself is dropped.
 */
public final class RecordedLog implements SLF4JServiceProvider {
    private static final List<Line> LINES = new CopyOnWriteArrayList<>();

    record Line(Level level, String message) {}

    static void clear() {
        LINES.clear();
    }

    static List<String> lines() {
        return LINES.stream().map(line -> line.level() + " " + line.message()).toList();
    }

    static List<String> lines(Level level) {
        return LINES.stream()
                .filter(line -> line.level() == level)
                .map(Line::message)
                .toList();
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> name.startsWith("dev.hookseal.") ? new RecordingLogger(name) : NOPLogger.NOP_LOGGER;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return new BasicMarkerFactory();
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return new NOPMDCAdapter();
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}

    private static final class RecordingLogger extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;

        RecordingLogger(String name) {
            this.name = name;
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                Object @Nullable [] arguments,
                @Nullable Throwable throwable) {
            LINES.add(new Line(
                    level,
                    MessageFormatter.arrayFormat(pattern, arguments, throwable).getMessage()));
        }
    }
}
