package dev.hookseal.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookseal.fixture.Requests;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One of the vectors that docs/vectors.md describes. */
record ProviderVector(JsonNode json) {

    static List<ProviderVector> read(String provider) {
        try (InputStream in = ProviderVector.class.getResourceAsStream("/vectors/" + provider + ".json")) {
            JsonNode file = new ObjectMapper().readTree(Objects.requireNonNull(in, provider));
            if (file.required("format").asInt() != 1) {
                throw new AssertionError("unknown format");
            }
            List<ProviderVector> vectors = new ArrayList<>();
            file.required("vectors").forEach(vector -> vectors.add(new ProviderVector(vector)));
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return json.required("name").textValue();
    }

    EndpointSettings settings(String endpoint) {
        EndpointSettings.Builder settings = EndpointSettings.builder(endpoint)
                .secrets(secrets(json.required("secrets")))
                .clock(Clock.fixed(Instant.parse(json.required("now").textValue()), ZoneOffset.UTC));
        if (json.has("tolerance")) {
            settings.tolerance(Duration.parse(json.get("tolerance").textValue()));
        }
        if (json.has("replayWindow")) {
            settings.replayWindow(Duration.parse(json.get("replayWindow").textValue()));
        }
        return settings.build();
    }

    private static SecretSource secrets(JsonNode secrets) {
        if (secrets.isArray()) {
            return SecretSource.of(list(secrets).toArray(SigningSecret[]::new));
        }
        Map<String, List<SigningSecret>> byType = new LinkedHashMap<>();
        secrets.properties().forEach(entry -> byType.put(entry.getKey(), list(entry.getValue())));
        return SecretSource.byEventType(byType);
    }

    private static List<SigningSecret> list(JsonNode secrets) {
        List<SigningSecret> list = new ArrayList<>();
        secrets.forEach(secret -> list.add(SigningSecret.ofUtf8(secret.textValue())));
        return list;
    }

    WebhookRequest request() {
        List<Requests.Header> headers = new ArrayList<>();
        json.required("headers")
                .forEach(header -> headers.add(new Requests.Header(
                        header.get(0).textValue(), header.get(1).textValue())));
        return Requests.post(
                headers, Base64.getDecoder().decode(json.required("body").textValue()));
    }

    JsonNode expected() {
        return json.required("expected");
    }

    boolean isAccepted() {
        return expected().required("outcome").textValue().equals("accepted");
    }
}
