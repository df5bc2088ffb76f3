package dev.hookseal.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** <a href="https://github.com/wg/wrk">wrk</a>, with one thread. */
final class Wrk implements Generator {
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
    private static final Pattern FAILURE = Pattern.compile("Non-2xx or 3xx responses.*|Socket errors.*");

    private final Path command;

    Wrk(Path command) {
        this.command = command;
    }

    @Override
    public String name() {
        return "wrk";
    }

    @Override
    public double requestsPerSecond(InetSocketAddress address, Request request, int seconds)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("request", ".lua");
        try {
            Files.writeString(script, lua(request));
            String url = "http://127.0.0.1:" + address.getPort() + request.path();
            Process process = new ProcessBuilder(
                            command.toString(),
                            "-t1",
                            "-c" + CONNECTIONS,
                            "-d" + seconds + "s",
                            "-s",
                            script.toString(),
                            url)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            Matcher rate = RATE.matcher(output);
            if (!rate.find() || FAILURE.matcher(output).find()) {
                throw new IOException("wrk says of " + url + ":\n" + output);
            }
            return Double.parseDouble(rate.group(1));
        } finally {
            Files.delete(script);
        }
    }

    private static String lua(Request request) {
        StringBuilder lua = new StringBuilder("wrk.method = \"POST\"\n");
        lua.append("wrk.headers[\"Content-Type\"] = \"application/json\"\n");
        request.headers().forEach((name, value) -> lua.append("wrk.headers[\"%s\"] = \"%s\"\n".formatted(name, value)));
        return lua.append("wrk.body = [==[")
                .append(request.body())
                .append("]==]\n")
                .toString();
    }
}
