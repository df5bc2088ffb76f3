package dev.hookseal.examples.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.Objects;

/** A delivery that Node.js wrote and signed as the provider's page says, from the published vectors (docs/vectors.md). */
final class NodeDelivery {
    private final JsonNode vector;

    private NodeDelivery(JsonNode vector) {
        this.vector = vector;
    }

    static NodeDelivery named(String provider, String name) {
        try (InputStream in = NodeDelivery.class.getResourceAsStream("/vectors/" + provider + ".json")) {
            for (JsonNode vector : new ObjectMapper()
                    .readTree(Objects.requireNonNull(in, provider))
                    .path("vectors")) {
                if (vector.path("name").asText().equals(name)) {
                    return new NodeDelivery(vector);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalArgumentException("There is no vector " + name + " of " + provider);
    }

    HttpRequest request(URI uri) {
        byte[] body = Base64.getDecoder().decode(vector.path("body").asText());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        vector.path("headers")
                .forEach(header ->
                        request.header(header.path(0).asText(), header.path(1).asText()));
        return request.build();
    }
}
