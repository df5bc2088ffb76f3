package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.fixture.CustomProvider;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.core.io.buffer.ByteBuffer;
import io.micronaut.core.io.buffer.ReferenceCounted;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a handler can bind beside the event, on a route whose body has been read to be verified. */
class BodyBindingTest {
    private static final String JSON = "{\"name\":\"zoë\",\"n\":1}";
    private static Server server;

    @BeforeAll
    static void start() {
        Map<String, Object> properties = new HashMap<>(Server.endpointsOf(Bodies.class, "acme"));
        properties.put("acme", true);
        server = Server.start("bodies", properties);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"string", "bytes", "map", "record", "buffer", "stream", "request", "stage", "mono", "publisher"})
    void bindsTheBodyBesideTheEvent(String form) throws Exception {
        HttpResponse<String> response = send("/bodies/" + form, "application/json", JSON);

        assertThat(response.body()).isEqualTo("verified, 21 bytes | zoë 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"string", "bytes", "stream", "publisher"})
    void bindsALargeBodyWhole(String form) throws Exception {
        String name = "x".repeat(900_000);

        HttpResponse<String> response =
                send("/bodies/" + form, "application/json", "{\"name\":\"" + name + "\",\"n\":2}");

        assertThat(response.body()).isEqualTo("verified, 900017 bytes | " + name + " 2");
    }

    @Test
    void bindsAMemberOfTheBody() throws Exception {
        assertThat(send("/bodies/member", "application/json", JSON).body()).isEqualTo("verified, 21 bytes | zoë");
    }

    @Test
    void bindsQueryAndHeaders() throws Exception {
        assertThat(send("/bodies/query?source=q", "application/json", JSON).body())
                .isEqualTo("verified, 21 bytes | q application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"form-map", "form-members"})
    void bindsForms(String form) throws Exception {
        HttpResponse<String> response =
                send("/bodies/" + form, "application/x-www-form-urlencoded", "name=zo%C3%AB&n=1");

        assertThat(response.body()).isEqualTo("verified, 17 bytes | zoë 1");
    }

    @Test
    void rejectsAForgedForm() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/bodies/form-map"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(CustomProvider.SIGNATURE_HEADER, "00".repeat(32))
                .POST(BodyPublishers.ofString("name=eve"))
                .build();

        assertThat(server.send(request).statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> send(String path, String type, String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return server.send(HttpRequest.newBuilder(server.uri(path))
                .header("Content-Type", type)
                .header(CustomProvider.SIGNATURE_HEADER, Delivery.sign(bytes, Server.SECRET))
                .POST(BodyPublishers.ofByteArray(bytes))
                .build());
    }

    @Introspected
    record Thing(String name, int n) {}

    @Requires(property = "spec", value = "bodies")
    @Controller(value = "/bodies", produces = MediaType.TEXT_PLAIN)
    static class Bodies {
        private static String verified(CustomProvider.Event event) {
            return "verified, " + event.text().getBytes(StandardCharsets.UTF_8).length + " bytes";
        }

        private static String answer(CustomProvider.Event event, String json) {
            return verified(event) + " | " + json.replaceAll("\\{\"name\":\"([^\"]*)\",\"n\":(\\d)}", "$1 $2");
        }

        @WebhookEndpoint("string")
        @Post("/string")
        String string(CustomProvider.Event event, @Body String body) {
            return answer(event, body);
        }

        @WebhookEndpoint("bytes")
        @Post("/bytes")
        String bytes(@Body byte[] body, CustomProvider.Event event) {
            return answer(event, new String(body, StandardCharsets.UTF_8));
        }

        @WebhookEndpoint("map")
        @Post("/map")
        String map(CustomProvider.Event event, @Body Map<String, Object> body) {
            return verified(event) + " | " + body.get("name") + " " + body.get("n");
        }

        @WebhookEndpoint("record")
        @Post("/record")
        String thing(CustomProvider.Event event, @Body Thing body) {
            return verified(event) + " | " + body.name() + " " + body.n();
        }

        @WebhookEndpoint("buffer")
        @Post("/buffer")
        String buffer(CustomProvider.Event event, @Body ByteBuffer<?> body) {
            String text = body.toString(StandardCharsets.UTF_8);
            // Micronaut leaves a bound buffer to its handler
            ((ReferenceCounted) body).release();
            return answer(event, text);
        }

        @WebhookEndpoint("stream")
        @Post("/stream")
        @ExecuteOn(TaskExecutors.IO)
        String stream(CustomProvider.Event event, @Body InputStream body) throws IOException {
            try (body) {
                return answer(event, new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        }

        @WebhookEndpoint("request")
        @Post("/request")
        String request(CustomProvider.Event event, io.micronaut.http.HttpRequest<String> request) {
            return answer(event, request.getBody().orElse("none"));
        }

        @WebhookEndpoint("stage")
        @Post("/stage")
        CompletionStage<String> stage(CustomProvider.Event event, @Body CompletableFuture<String> body) {
            return body.thenApply(text -> answer(event, text));
        }

        @WebhookEndpoint("mono")
        @Post("/mono")
        Mono<String> mono(CustomProvider.Event event, @Body Mono<String> body) {
            return body.map(text -> answer(event, text));
        }

        @WebhookEndpoint("publisher")
        @Post("/publisher")
        Mono<String> publisher(CustomProvider.Event event, @Body Publisher<byte[]> body) {
            return Flux.from(body)
                    .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
                    .map(bytes -> answer(event, bytes.toString(StandardCharsets.UTF_8)));
        }

        @WebhookEndpoint("member")
        @Post("/member")
        String member(CustomProvider.Event event, String name) {
            return verified(event) + " | " + name;
        }

        @WebhookEndpoint("query")
        @Post("/query")
        String query(CustomProvider.Event event, @QueryValue String source, HttpHeaders headers) {
            return verified(event) + " | " + source + " " + headers.get("Content-Type");
        }

        @WebhookEndpoint("form-map")
        @Post("/form-map")
        @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
        String formMap(CustomProvider.Event event, @Body Map<String, String> form) {
            return verified(event) + " | "
                    + String.join(" ", new TreeMap<>(form).descendingMap().values());
        }

        @WebhookEndpoint("form-members")
        @Post("/form-members")
        @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
        String formMembers(CustomProvider.Event event, String name, int n) {
            return verified(event) + " | " + name + " " + n;
        }
    }
}
