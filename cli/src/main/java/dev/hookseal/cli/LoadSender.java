package dev.hookseal.cli;

import dev.hookseal.internal.LogSafe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Deliveries on their way to a URL.
 *
 * @param parallel how many are on their way at a time
 */
record LoadSender(URI uri, Duration timeout, int parallel) {

    /** What one delivery was answered. */
    record Answer(int status, long nanos) {
        double millis() {
            return nanos / 1e6;
        }
    }

    /**
     * Sends them in order, as far as there is an order among several at a time.
     *
     * @throws IOException if one of them is not answered
     */
    List<Answer> send(int count, IntFunction<Outgoing> delivery, Runnable answered)
            throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
        ExecutorService senders = Executors.newFixedThreadPool(Math.min(parallel, count));
        try {
            List<Future<Answer>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                all.add(senders.submit(() -> {
                    Answer answer = send(client, delivery.apply(number));
                    answered.run();
                    return answer;
                }));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> one : all) {
                answers.add(one.get());
            }
            return answers;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            senders.shutdownNow();
        }
    }

    private Answer send(HttpClient client, Outgoing delivery) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body));
        delivery.headers
                .ofTheDelivery()
                .values()
                .forEach((name, values) -> values.forEach(value -> {
                    try {
                        request.header(name, value);
                    } catch (IllegalArgumentException e) {
                        throw new UncheckedIOException(
                                new IOException("header " + LogSafe.of(name) + " cannot be sent"));
                    }
                }));
        HttpRequest ready = request.build();
        long start = System.nanoTime();
        try {
            int status = client.send(ready, BodyHandlers.discarding()).statusCode();
            return new Answer(status, System.nanoTime() - start);
        } catch (IOException e) {
            throw NoAnswerException.of(uri, timeout, e);
        }
    }

    /** What is sent. */
    static final class Outgoing {
        private final Headers headers;
        private final byte[] body;

        Outgoing(Headers headers, byte[] body) {
            this.headers = headers;
            this.body = body;
        }
    }
}
