package dev.hookseal.contract;

import dev.hookseal.testkit.SignedDelivery;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A connection to a server: what is written goes out as it is, and one answer is read. */
final class RawConnection implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    RawConnection(URI address, Duration timeLimit) throws IOException {
        int millis = Math.toIntExact(timeLimit.toMillis());
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), millis);
        socket.setSoTimeout(millis);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends the request line, the delivery's headers and further lines, then the empty line. */
    RawConnection head(String methodAndPath, SignedDelivery delivery, String... furtherLines) throws IOException {
        List<String> lines = new ArrayList<>();
        delivery.headers().forEach((name, values) -> values.forEach(value -> lines.add(name + ": " + value)));
        lines.addAll(List.of(furtherLines));
        return head(methodAndPath, lines);
    }

    RawConnection head(String methodAndPath, List<String> lines) throws IOException {
        StringBuilder head = new StringBuilder(methodAndPath + " HTTP/1.1\r\nHost: localhost\r\n");
        lines.forEach(line -> head.append(line).append("\r\n"));
        return write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    RawConnection chunk(byte[] data) throws IOException {
        write((Integer.toHexString(data.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        write(data);
        return write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    RawConnection write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Writes a byte after each pause, until all are written or the connection is closed. */
    void trickle(byte[] bytes, Duration pause) {
        inBackground(() -> {
            for (byte each : bytes) {
                write(new byte[] {each});
                Thread.sleep(pause.toMillis());
            }
        });
    }

    /** Writes these bytes whether or not the server reads on, and passes its answer on, if there is one. */
    void exchange(byte[] bytes, Consumer<Answer> answers) {
        inBackground(() -> write(bytes));
        inBackground(() -> answerIfAny().ifPresent(answers));
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException e) {
                        // the connection has been closed, by the server or by the rule that is over
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                "contract-sender");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the request. */
    RawConnection end() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Returns the answer up to and with this text. */
    String readUntil(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("The server closed the connection after: " + read);
            }
            read.append((char) b);
        }
        return read.toString();
    }

    /** Returns the answer; an interim one (1xx) is passed over. */
    Answer answer() throws IOException {
        return answer(true);
    }

    /** Returns the answer to a HEAD request, whose headers tell of a body that does not come. */
    Answer answerWithoutBody() throws IOException {
        return answer(false);
    }

    private Answer answer(boolean withBody) throws IOException {
        while (true) {
            String[] status = line().split(" ", 3);
            int code = Integer.parseInt(status[1]);
            Map<String, List<String>> headers = headers();
            if (code >= 200) {
                byte[] body = withBody && code != 204 ? body(headers) : new byte[0];
                return new Answer(code, headers, new String(body, StandardCharsets.UTF_8));
            }
        }
    }

    /** Closes with a reset, so that many short connections leave no ports behind that cannot be used for a minute. */
    RawConnection resetsOnClose() throws IOException {
        socket.setSoLinger(true, 0);
        return this;
    }

    /** Returns the answer; empty if the server just closes the connection, as it may towards a sender who is gone. */
    Optional<Answer> answerIfAny() throws IOException {
        return answerIfAny(true);
    }

    Optional<Answer> answerIfAny(boolean withBody) throws IOException {
        in.mark(1);
        try {
            if (in.read() < 0) {
                return Optional.empty();
            }
        } catch (SocketException e) {
            return Optional.empty();
        }
        in.reset();
        return Optional.of(answer(withBody));
    }

    /** Returns whether the server has closed the connection, or does so before the time limit. */
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        if (headers.containsKey("content-length")) {
            return in.readNBytes(Integer.parseInt(headers.get("content-length").get(0)));
        }
        if (!headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
            return in.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.writeBytes(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("The server closed the connection before its answer was complete");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
