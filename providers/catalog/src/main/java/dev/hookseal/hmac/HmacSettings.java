package dev.hookseal.hmac;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The properties of an endpoint of {@code hmac}: how its sender signs, and where its events have their parts.
 *
 * <pre>{@code
 * EndpointSettings.builder("shop")
 *         .secret(SigningSecret.ofUtf8(System.getenv("SHOP_SECRET")))
 *         .set(HmacSettings.SIGNATURE_HEADER, "X-Shop-Signature")
 *         .set(HmacSettings.SIGNED_CONTENT, "{timestamp}.{body}")
 *         .set(HmacSettings.TIMESTAMP_HEADER, "X-Shop-Timestamp")
 *         .build();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class HmacSettings {

    /** The hash function. */
    public enum Algorithm {
        /** For most senders. */
        HMAC_SHA256,
        /** For a few senders. */
        HMAC_SHA512,
        /** For old senders alone. */
        HMAC_SHA1
    }

    /** How a signature is written. */
    public enum SignatureEncoding {
        /** Lower-case hexadecimal digits. */
        HEX,
        /** Base64 of the standard alphabet, padded (RFC 4648, section 4). */
        BASE64,
        /** Base64 for URLs, without padding (RFC 4648, section 5). */
        BASE64URL
    }

    /** What is between the elements of the signature header. */
    public enum Separator {
        /** A comma, with or without spaces around it. */
        COMMA,
        /** A semicolon, with or without spaces around it. */
        SEMICOLON,
        /** A space. */
        SPACE
    }

    /** How the key follows from the secret. */
    public enum SecretEncoding {
        /** The text itself, in UTF-8, is the key. */
        TEXT,
        /** Hexadecimal digits. */
        HEX,
        /** Base64 of the standard alphabet. */
        BASE64
    }

    /** How a time is written. */
    public enum TimestampUnit {
        /** A number of seconds since 1970. */
        SECONDS,
        /** A number of milliseconds since 1970. */
        MILLISECONDS,
        /** A text such as {@code 2026-11-30T09:00:00Z}. */
        ISO_8601
    }

    /** What a body is. */
    public enum BodyFormat {
        /** A JSON object or array; anything else is rejected with 400. */
        JSON,
        /** Any text in UTF-8, such as a form or XML, which the event has as a JSON string. */
        TEXT
    }

    /** The header with the signature; required. */
    public static final Setting<String> SIGNATURE_HEADER = Setting.of(
                    "signature-header", SettingType.TEXT, "The header with the signature.")
            .otherwise("required");

    /** What is before each signature in the header. */
    public static final Setting<String> SIGNATURE_PREFIX = Setting.of(
                    "signature-prefix",
                    SettingType.TEXT,
                    "What is before a signature in the header, such as `sha256=` or `v1=`; other elements are ignored.")
            .otherwise("nothing");

    /** What separates several signatures. */
    public static final Setting<Separator> SIGNATURE_SEPARATOR = Setting.of(
                    "signature-separator",
                    SettingType.oneOf(Separator.class),
                    "What separates the elements of the header: `comma`, `semicolon` or `space`.")
            .otherwise("one signature and nothing else");

    /** How a signature is written. */
    public static final Setting<SignatureEncoding> SIGNATURE_ENCODING = Setting.of(
                    "signature-encoding",
                    SettingType.oneOf(SignatureEncoding.class),
                    "How a signature is written: `hex`, `base64`, or `base64url` without padding.")
            .withDefault(SignatureEncoding.HEX);

    /** The algorithm. */
    public static final Setting<Algorithm> ALGORITHM = Setting.of(
                    "algorithm",
                    SettingType.oneOf(Algorithm.class),
                    "The algorithm: `hmac-sha256`, `hmac-sha512`, or `hmac-sha1` for old senders.")
            .withDefault(Algorithm.HMAC_SHA256);

    /** How the key follows from the secret. */
    public static final Setting<SecretEncoding> SECRET_ENCODING = Setting.of(
                    "secret-encoding",
                    SettingType.oneOf(SecretEncoding.class),
                    "How the secret is written: `text` if it is the key as it is, or else `hex` or `base64`.")
            .withDefault(SecretEncoding.TEXT);

    /** What is removed from the secret. */
    public static final Setting<String> SECRET_PREFIX = Setting.of(
                    "secret-prefix",
                    SettingType.TEXT,
                    "What is before the key in the secret and is removed, such as `whsec_`.")
            .otherwise("nothing");

    /** What is signed. */
    public static final Setting<String> SIGNED_CONTENT = Setting.of(
                    "signed-content",
                    SettingType.TEXT,
                    "What is signed: text with `{body}`, `{timestamp}`, `{id}`, `{method}` and `{url}`.")
            .withDefault("{body}");

    /** The header with the time. */
    public static final Setting<String> TIMESTAMP_HEADER = Setting.of(
                    "timestamp-header",
                    SettingType.TEXT,
                    "The header with the time of the delivery, signed if `signed-content` has `{timestamp}`.")
            .otherwise("none");

    /** The element of the signature header with the time. */
    public static final Setting<String> TIMESTAMP_ELEMENT = Setting.of(
                    "timestamp-element",
                    SettingType.TEXT,
                    "What the element of the signature header with the time begins with, such as `t=`.")
            .otherwise("none");

    /** Where in the body the time is. */
    public static final Setting<String> TIMESTAMP_POINTER = Setting.of(
                    "timestamp-pointer",
                    SettingType.TEXT,
                    "Where in the body the time of the delivery is, a JSON Pointer such as `/sentAt`.")
            .otherwise("none");

    /** How the time is written. */
    public static final Setting<TimestampUnit> TIMESTAMP_UNIT = Setting.of(
                    "timestamp-unit",
                    SettingType.oneOf(TimestampUnit.class),
                    "How the time is written: `seconds` or `milliseconds` since 1970, or `iso-8601`.")
            .otherwise("`seconds`");

    /** How far the time may be off. */
    public static final Setting<Duration> TOLERANCE =
            EndpointSettings.TOLERANCE.otherwise("`5m` for a signed time, and not checked for an unsigned one");

    /** The header with the id. */
    public static final Setting<String> ID_HEADER = Setting.of(
                    "id-header",
                    SettingType.TEXT,
                    "The header with the id of the delivery, signed if `signed-content` has `{id}`.")
            .otherwise("none");

    /** Where in the body the id is. */
    public static final Setting<String> ID_POINTER = Setting.of(
                    "id-pointer",
                    SettingType.TEXT,
                    "Where in the body the id is, a JSON Pointer such as `/id`: what is in the body is signed.")
            .otherwise("none");

    /** Whether an unsigned id recognises a duplicate. */
    public static final Setting<Boolean> TRUST_UNSIGNED_ID = Setting.of(
                    "trust-unsigned-id",
                    SettingType.TRUE_OR_FALSE,
                    "Whether an id that is not signed recognises a duplicate: anyone can then replay a delivery with"
                            + " another id, or have a genuine one taken for a duplicate.")
            .withDefault(false);

    /** The header with the event's name. */
    public static final Setting<String> EVENT_HEADER = Setting.of(
                    "event-header", SettingType.TEXT, "The header with the name of the event, which is not signed.")
            .otherwise("none");

    /** Where in the body the event's name is. */
    public static final Setting<String> EVENT_POINTER = Setting.of(
                    "event-pointer",
                    SettingType.TEXT,
                    "Where in the body the name of the event is, a JSON Pointer such as `/type`: it is signed.")
            .otherwise("none");

    /** What a body is. */
    public static final Setting<BodyFormat> BODY_FORMAT = Setting.of(
                    "body-format",
                    SettingType.oneOf(BodyFormat.class),
                    "What a body is: `json`, an object or an array; or `text` for anything else in UTF-8.")
            .withDefault(BodyFormat.JSON);

    /** The URL that is registered with the sender. */
    public static final Setting<URI> PUBLIC_URL = EndpointSettings.PUBLIC_URL.otherwise("required for `{url}`");

    /** How long an id is remembered. */
    public static final Setting<Duration> ID_RETENTION =
            EndpointSettings.ID_RETENTION.otherwise("`7d` if there is an id");

    /** How long the same content counts as a duplicate. */
    public static final Setting<Duration> REPEAT_WINDOW = EndpointSettings.REPEAT_WINDOW;

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(
            SIGNATURE_HEADER,
            SIGNATURE_PREFIX,
            SIGNATURE_SEPARATOR,
            SIGNATURE_ENCODING,
            ALGORITHM,
            SECRET_ENCODING,
            SECRET_PREFIX,
            SIGNED_CONTENT,
            PUBLIC_URL,
            TIMESTAMP_HEADER,
            TIMESTAMP_ELEMENT,
            TIMESTAMP_POINTER,
            TIMESTAMP_UNIT,
            TOLERANCE,
            ID_HEADER,
            ID_POINTER,
            TRUST_UNSIGNED_ID,
            ID_RETENTION,
            REPEAT_WINDOW,
            EVENT_HEADER,
            EVENT_POINTER,
            BODY_FORMAT);

    private HmacSettings() {}
}
