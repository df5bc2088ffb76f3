package dev.hookseal.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;

/** The deliveries that Node.js signed and a receiver accepts; docs/vectors.md describes them. */
public record Vectors(List<Vector> accepted) {

    public record Vector(String name, String secret, String signature, String bodyInBase64) {
        public byte[] body() {
            return Base64.getDecoder().decode(bodyInBase64);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public static Vectors of(String provider) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + provider + ".json")) {
            JsonNode vectors = new ObjectMapper().readTree(in).get("vectors");
            return new Vectors(StreamSupport.stream(vectors.spliterator(), false)
                    .filter(vector ->
                            vector.get("expected").get("outcome").asText().equals("accepted"))
                    .map(Vectors::read)
                    .toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Vector read(JsonNode vector) {
        JsonNode expected = vector.get("expected");
        JsonNode secrets = vector.get("secrets");
        if (secrets.isObject()) {
            secrets = secrets.get(expected.get("eventType").asText());
        }
        String signature = StreamSupport.stream(vector.get("headers").spliterator(), false)
                .filter(header -> header.get(0).asText().equalsIgnoreCase("x-webhook-signature"))
                .map(header -> header.get(1).asText())
                .findFirst()
                .orElseThrow();
        return new Vector(
                vector.get("name").asText(),
                secrets.get(expected.get("matchedSecret").asInt()).asText(),
                signature,
                vector.get("body").asText());
    }

    public byte[] bodyOf(String name) {
        return accepted.stream()
                .filter(vector -> vector.name().equals(name))
                .findFirst()
                .orElseThrow()
                .body();
    }
}
