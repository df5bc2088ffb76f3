package dev.hookseal.contract;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Reads along with what goes to the console, which is where loggers write unless told otherwise. */
final class ConsoleLog implements AutoCloseable {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    private ConsoleLog() {}

    static ConsoleLog begin() {
        ConsoleLog log = new ConsoleLog();
        System.setOut(log.readingAlong(log.out));
        System.setErr(log.readingAlong(log.err));
        return log;
    }

    private PrintStream readingAlong(PrintStream stream) {
        OutputStream both = new OutputStream() {
            @Override
            public void write(int b) {
                stream.write(b);
                seen.write(b);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                stream.write(bytes, from, length);
                seen.write(bytes, from, length);
            }

            @Override
            public void flush() {
                stream.flush();
            }
        };
        return new PrintStream(both, true, Charset.defaultCharset());
    }

    String text() {
        return seen.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
    }
}
