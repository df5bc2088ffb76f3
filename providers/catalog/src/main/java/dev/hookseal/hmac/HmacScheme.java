package dev.hookseal.hmac;

import static dev.hookseal.hmac.HmacSettings.ALGORITHM;
import static dev.hookseal.hmac.HmacSettings.ID_HEADER;
import static dev.hookseal.hmac.HmacSettings.SECRET_ENCODING;
import static dev.hookseal.hmac.HmacSettings.SECRET_PREFIX;
import static dev.hookseal.hmac.HmacSettings.SIGNATURE_ENCODING;
import static dev.hookseal.hmac.HmacSettings.SIGNATURE_HEADER;
import static dev.hookseal.hmac.HmacSettings.SIGNATURE_PREFIX;
import static dev.hookseal.hmac.HmacSettings.SIGNATURE_SEPARATOR;
import static dev.hookseal.hmac.HmacSettings.TIMESTAMP_ELEMENT;
import static dev.hookseal.hmac.HmacSettings.TIMESTAMP_HEADER;
import static dev.hookseal.hmac.HmacSettings.TIMESTAMP_POINTER;
import static dev.hookseal.hmac.HmacSettings.TIMESTAMP_UNIT;

import dev.hookseal.JsonData;
import dev.hookseal.hmac.HmacSettings.SecretEncoding;
import dev.hookseal.hmac.HmacSettings.Separator;
import dev.hookseal.hmac.HmacSettings.TimestampUnit;
import dev.hookseal.hmac.SignedTemplate.Placeholder;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SignatureAlgorithm;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedHeader;
import dev.hookseal.signature.SignedTime;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.signature.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Signs as the settings of an endpoint say, which {@link SettingsCheck} has checked. */
final class HmacScheme implements SignatureScheme {
    private final EndpointSettings settings;
    private final SignatureAlgorithm algorithm;
    private final SignatureHeader signature;
    private final SignedTemplate template;
    private final Timestamps timestamps;
    private final @Nullable Pattern formOfId;
    private final @Nullable String timestampHeader;
    private final @Nullable String timestampElement;
    private final @Nullable String timestampPointer;
    private final @Nullable String idHeader;

    HmacScheme(EndpointSettings settings, SignedTemplate template) {
        this.settings = settings;
        this.template = template;
        this.algorithm = algorithm(settings);
        this.signature = signature(settings).of(algorithm);
        this.timestamps = new Timestamps(
                settings.value(TIMESTAMP_UNIT).orElse(TimestampUnit.SECONDS),
                template.goesOnAfter(Placeholder.TIMESTAMP));
        this.timestampHeader = settings.value(TIMESTAMP_HEADER).orElse(null);
        this.timestampElement = settings.value(TIMESTAMP_ELEMENT).orElse(null);
        this.timestampPointer = settings.value(TIMESTAMP_POINTER).orElse(null);
        this.idHeader = template.has(Placeholder.ID) ? settings.value(ID_HEADER).orElseThrow() : null;
        this.formOfId = idHeader == null ? null : template.formOfId();
    }

    private static SignatureAlgorithm algorithm(EndpointSettings settings) {
        return switch (settings.value(ALGORITHM).orElseThrow()) {
            case HMAC_SHA1 -> SignatureAlgorithm.HMAC_SHA1;
            case HMAC_SHA256 -> SignatureAlgorithm.HMAC_SHA256;
            case HMAC_SHA512 -> SignatureAlgorithm.HMAC_SHA512;
        };
    }

    private static SignatureHeader signature(EndpointSettings settings) {
        String name = settings.value(SIGNATURE_HEADER).orElseThrow();
        SignatureHeader header = switch (settings.value(SIGNATURE_ENCODING).orElseThrow()) {
            case HEX -> SignatureHeader.hex(name);
            case BASE64 -> SignatureHeader.base64(name);
            case BASE64URL -> SignatureHeader.base64Url(name);
        };
        SignatureHeader separated = settings.value(SIGNATURE_SEPARATOR)
                .map(separator -> header.separatedBy(character(separator)))
                .orElse(header);
        return settings.value(SIGNATURE_PREFIX).map(separated::withPrefix).orElse(separated);
    }

    static char character(Separator separator) {
        return switch (separator) {
            case COMMA -> ',';
            case SEMICOLON -> ';';
            case SPACE -> ' ';
        };
    }

    @Override
    public List<String> headers() {
        return List.of(signature.name());
    }

    @Override
    public SignatureClaim claim(WebhookRequest request) throws WebhookRejectedException {
        List<byte[]> signatures = signature.read(request);
        String time = template.has(Placeholder.TIMESTAMP) ? time(request) : null;
        String id = idHeader == null || formOfId == null ? null : SignedHeader.value(request, idHeader, formOfId);
        byte[] body = request.body();
        SignatureClaim claim =
                SignatureClaim.of(algorithm, signatures, template.message(body, placeholder -> switch (placeholder) {
                    case TIMESTAMP -> String.valueOf(time);
                    case ID -> String.valueOf(id);
                    case METHOD -> request.method();
                    case URL -> settings.publicUrl(request);
                    case BODY -> throw new AssertionError("the body is not text");
                }));
        if (id != null) {
            claim.deliveryId(id);
        }
        if (time != null) {
            return claim.signedTime(() -> timestamps.read(time));
        }
        if (timestampPointer != null) {
            return claim.signedTime(() -> timestamps.read(timeIn(body, timestampPointer)));
        }
        return timestampHeader == null
                ? claim
                : claim.unsignedTime(() -> timestamps.read(SignedTime.header(request, timestampHeader)));
    }

    private String time(WebhookRequest request) throws WebhookRejectedException {
        return timestampElement == null
                ? SignedTime.header(request, String.valueOf(timestampHeader))
                : signature.element(signature.value(request), timestampElement);
    }

    private static String timeIn(byte[] body, String pointer) throws WebhookRejectedException {
        try {
            return JsonData.of(new String(body, StandardCharsets.UTF_8))
                    .text(pointer)
                    .orElseThrow(() -> new WebhookRejectedException(RejectionReason.TIMESTAMP_MISSING));
        } catch (IllegalArgumentException e) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
        }
    }

    @Override
    public VerificationKey key(SigningSecret secret) {
        String prefix = settings.value(SECRET_PREFIX).orElse("");
        SecretEncoding encoding = settings.value(SECRET_ENCODING).orElseThrow();
        if (prefix.isEmpty() && encoding == SecretEncoding.TEXT) {
            return VerificationKey.hmac(algorithm, secret.exposeSecretBytes());
        }
        String text = new String(secret.exposeSecretBytes(), StandardCharsets.UTF_8);
        if (!text.startsWith(prefix)) {
            throw new IllegalArgumentException("it does not begin with " + prefix
                    + ": copy the whole secret, or correct " + settings.property(SECRET_PREFIX.key()));
        }
        return VerificationKey.hmac(algorithm, decoded(text.substring(prefix.length()), encoding));
    }

    private byte[] decoded(String text, SecretEncoding encoding) {
        try {
            return switch (encoding) {
                case TEXT -> text.getBytes(StandardCharsets.UTF_8);
                case HEX -> HexFormat.of().parseHex(text);
                case BASE64 -> Base64.getDecoder().decode(text);
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is not "
                    + SECRET_ENCODING.type().format(encoding) + ": copy the whole secret, or correct "
                    + settings.property(SECRET_ENCODING.key()));
        }
    }
}
