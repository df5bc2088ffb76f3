package dev.hookseal.hmac;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookseal.hmac.HmacSettings.BodyFormat;
import dev.hookseal.hmac.HmacSettings.SecretEncoding;
import dev.hookseal.hmac.HmacSettings.TimestampUnit;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.SigningSecret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends as the settings of an endpoint say. Without settings it is an imaginary sender, which signs {@code {timestamp}.{body}}
 * in {@code X-Signature}.
 *
 * <pre>{@code
 * ProviderKit shop = new HmacKit().withSettings(settings);
 * FakeEvent.sample(shop, "example").signedWith(secret);
 * }</pre>
 *
 * @since 0.1.0
 */
public final class HmacKit implements ProviderKit {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final String SAMPLE = "example";

    private final EndpointSettings settings;

    /** Creates the kit of an imaginary sender. */
    public HmacKit() {
        this(EndpointSettings.builder("example")
                .secrets(event -> List.of())
                .set(HmacSettings.SIGNATURE_HEADER, "X-Signature")
                .set(HmacSettings.SIGNED_CONTENT, "{timestamp}.{body}")
                .set(HmacSettings.TIMESTAMP_HEADER, "X-Timestamp")
                .set(HmacSettings.ID_POINTER, "/id")
                .set(HmacSettings.EVENT_POINTER, "/type")
                .build());
    }

    private HmacKit(EndpointSettings settings) {
        this.settings = settings;
    }

    @Override
    public WebhookProvider<HmacEvent> provider() {
        return new HmacProvider();
    }

    @Override
    public ProviderKit withSettings(EndpointSettings settings) {
        return new HmacKit(settings);
    }

    @Override
    public void configure(EndpointSettings.Builder builder) {
        HmacSettings.ALL.stream()
                .filter(setting -> !setting.key().equals(HmacSettings.PUBLIC_URL.key()))
                .forEach(setting -> copy(setting, builder));
    }

    private <T extends Comparable<T>> void copy(Setting<T> setting, EndpointSettings.Builder builder) {
        settings.value(setting).ifPresent(value -> builder.set(setting, value));
    }

    @Override
    public TestSecret newSecret(String seed) {
        // 32 hex digits, which are base64 as well
        return TestSecret.ofSeed(settings.value(HmacSettings.SECRET_PREFIX).orElse(""), seed);
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        String signatureHeader = settings.value(HmacSettings.SIGNATURE_HEADER)
                .orElseThrow(() -> new IllegalArgumentException(
                        HmacSettings.SIGNATURE_HEADER.key() + " is not set: it is the header with the signature"));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", isJson() ? "application/json" : "text/plain;charset=UTF-8");
        settings.value(HmacSettings.EVENT_HEADER)
                .filter(name -> !delivery.eventName().isEmpty())
                .ifPresent(name -> headers.put(name, delivery.eventName()));
        settings.value(HmacSettings.ID_HEADER).ifPresent(name -> headers.put(name, delivery.id()));
        settings.value(HmacSettings.TIMESTAMP_HEADER).ifPresent(name -> headers.put(name, written(delivery.time())));
        headers.put(signatureHeader, elements(delivery.time()) + encoded(mac(message(delivery), secret)));
        return headers;
    }

    private byte[] message(UnsignedDelivery delivery) {
        String template = settings.value(HmacSettings.SIGNED_CONTENT)
                .orElseThrow()
                .replace("{timestamp}", written(delivery.time()))
                .replace("{id}", delivery.id())
                .replace("{method}", delivery.method())
                .replace("{url}", delivery.url());
        int body = template.indexOf("{body}");
        if (body < 0) {
            throw new IllegalArgumentException(HmacSettings.SIGNED_CONTENT.key() + " has no {body}");
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(template.substring(0, body).getBytes(StandardCharsets.UTF_8));
        message.writeBytes(delivery.body());
        message.writeBytes(template.substring(body + "{body}".length()).getBytes(StandardCharsets.UTF_8));
        return message.toByteArray();
    }

    private byte[] mac(byte[] message, SigningSecret secret) {
        String algorithm = switch (settings.value(HmacSettings.ALGORITHM).orElseThrow()) {
            case HMAC_SHA1 -> "HmacSHA1";
            case HMAC_SHA256 -> "HmacSHA256";
            case HMAC_SHA512 -> "HmacSHA512";
        };
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key(secret), algorithm));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + algorithm, e);
        }
    }

    private byte[] key(SigningSecret secret) {
        byte[] bytes = secret.exposeSecretBytes();
        String prefix = settings.value(HmacSettings.SECRET_PREFIX).orElse("");
        SecretEncoding encoding = settings.value(HmacSettings.SECRET_ENCODING).orElseThrow();
        if (prefix.isEmpty() && encoding == SecretEncoding.TEXT) {
            return bytes;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.startsWith(prefix)) {
            throw new IllegalArgumentException("The secret does not begin with " + prefix + ": give it whole");
        }
        String key = text.substring(prefix.length());
        try {
            return switch (encoding) {
                case TEXT -> key.getBytes(StandardCharsets.UTF_8);
                case HEX -> HexFormat.of().parseHex(key);
                case BASE64 -> Base64.getDecoder().decode(key);
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The secret is not " + encoding + ": give it whole", e);
        }
    }

    private String elements(Instant time) {
        String separator = settings.value(HmacSettings.SIGNATURE_SEPARATOR)
                .map(each -> switch (each) {
                    case COMMA -> ",";
                    case SEMICOLON -> ";";
                    case SPACE -> " ";
                })
                .orElse("");
        return settings.value(HmacSettings.TIMESTAMP_ELEMENT)
                        .map(element -> element + written(time) + separator)
                        .orElse("")
                + settings.value(HmacSettings.SIGNATURE_PREFIX).orElse("");
    }

    private String encoded(byte[] signature) {
        return switch (settings.value(HmacSettings.SIGNATURE_ENCODING).orElseThrow()) {
            case HEX -> HexFormat.of().formatHex(signature);
            case BASE64 -> Base64.getEncoder().encodeToString(signature);
            case BASE64URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        };
    }

    private String written(Instant time) {
        return switch (unit()) {
            case SECONDS -> String.valueOf(time.getEpochSecond());
            case MILLISECONDS -> String.valueOf(time.toEpochMilli());
            case ISO_8601 -> time.truncatedTo(ChronoUnit.MILLIS).toString();
        };
    }

    private TimestampUnit unit() {
        return settings.value(HmacSettings.TIMESTAMP_UNIT).orElse(TimestampUnit.SECONDS);
    }

    private boolean isJson() {
        return settings.value(HmacSettings.BODY_FORMAT).orElseThrow() == BodyFormat.JSON;
    }

    /** Returns one sample, {@code example}, with name, id and time where the settings say. */
    @Override
    public List<SampleEvent> samples() {
        if (!isJson()) {
            return List.of(new SampleEvent(SAMPLE, "text=Hello"));
        }
        byte[] body = "{\"message\":\"Hello\"}".getBytes(StandardCharsets.UTF_8);
        byte[] named = withEventId(withEventName(body, SAMPLE), "example-1");
        byte[] timed = withEventTime(named, Instant.parse("2026-11-30T09:00:00Z"));
        return List.of(new SampleEvent(SAMPLE, new String(timed, StandardCharsets.UTF_8)));
    }

    @Override
    public byte[] withEventName(byte[] body, String name) {
        return with(body, HmacSettings.EVENT_POINTER, JSON.getNodeFactory().textNode(name));
    }

    @Override
    public byte[] withEventId(byte[] body, String id) {
        return with(body, HmacSettings.ID_POINTER, JSON.getNodeFactory().textNode(id));
    }

    @Override
    public byte[] withEventTime(byte[] body, Instant time) {
        JsonNode value = unit() == TimestampUnit.ISO_8601
                ? JSON.getNodeFactory().textNode(written(time))
                : JSON.getNodeFactory().numberNode(Long.parseLong(written(time)));
        return with(body, HmacSettings.TIMESTAMP_POINTER, value);
    }

    private byte[] with(byte[] body, Setting<String> pointer, JsonNode value) {
        String place = settings.value(pointer).orElse(null);
        if (place == null) {
            return body;
        }
        try {
            return JSON.writeValueAsBytes(with(JSON.readTree(body), JsonPointer.compile(place), value));
        } catch (IOException e) {
            // not JSON, so it has no such place
            return body;
        }
    }

    private static JsonNode with(JsonNode node, JsonPointer place, JsonNode value) {
        if (place.matches()) {
            return value;
        }
        if (node instanceof ArrayNode array) {
            int index = place.getMatchingIndex();
            if (index >= 0 && index < array.size()) {
                array.set(index, with(array.get(index), place.tail(), value));
            }
            return array;
        }
        ObjectNode object = node instanceof ObjectNode existing ? existing : JSON.createObjectNode();
        String name = place.getMatchingProperty();
        return object.set(name, with(object.path(name), place.tail(), value));
    }
}
