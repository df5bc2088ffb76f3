package dev.hookseal.signature;

import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a header carries signatures, read strictly: one spelling each. Anything else is a rejection and never another
 * exception.
 *
 * <pre>{@code
 * SignatureHeader.hex("X-Hub-Signature-256").withPrefix("sha256=");
 * SignatureHeader.hex("Stripe-Signature").separatedBy(',').withPrefix("v1=");
 * SignatureHeader.base64("webhook-signature").separatedBy(' ').withPrefix("v1,");
 * }</pre>
 *
 * <p>Immutable.
 *
 * @apiNote For authors of providers.
 * @since 0.1.0
 */
public final class SignatureHeader {
    private static final int SHA256_BYTES = 32;
    private static final int MAX_BYTES = 1024;

    private enum Encoding {
        HEX {
            @Override
            int characters(int bytes) {
                return 2 * bytes;
            }

            // Not HexFormat, which also accepts capitals: each signature would have to be read a second time.
            @Override
            byte[] decode(String text) {
                byte[] decoded = new byte[text.length() / 2];
                int signs = 0;
                for (int i = 0; i < decoded.length; i++) {
                    int high = lowerCaseDigit(text.charAt(2 * i));
                    int low = lowerCaseDigit(text.charAt(2 * i + 1));
                    signs |= high | low;
                    decoded[i] = (byte) (high << 4 | low);
                }
                if (signs < 0 || text.length() % 2 != 0) {
                    throw new IllegalArgumentException("Not hex in lower case");
                }
                return decoded;
            }

            private static int lowerCaseDigit(char c) {
                if (c >= '0' && c <= '9') {
                    return c - '0';
                }
                return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
            }

            @Override
            String encode(byte[] bytes) {
                return HexFormat.of().formatHex(bytes);
            }

            // the decoder takes one spelling alone
            @Override
            boolean isCanonical(String text, byte[] decoded) {
                return true;
            }
        },
        BASE64 {
            @Override
            int characters(int bytes) {
                return (bytes + 2) / 3 * 4;
            }

            @Override
            byte[] decode(String text) {
                return Base64.getDecoder().decode(text);
            }

            @Override
            String encode(byte[] bytes) {
                return Base64.getEncoder().encodeToString(bytes);
            }
        },
        BASE64_URL {
            @Override
            int characters(int bytes) {
                return (bytes * 4 + 2) / 3;
            }

            @Override
            byte[] decode(String text) {
                return Base64.getUrlDecoder().decode(text);
            }

            @Override
            String encode(byte[] bytes) {
                return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            }
        },
        TEXT {
            @Override
            int characters(int bytes) {
                return bytes;
            }

            @Override
            byte[] decode(String text) {
                return text.getBytes(StandardCharsets.ISO_8859_1);
            }

            @Override
            String encode(byte[] bytes) {
                return new String(bytes, StandardCharsets.ISO_8859_1);
            }
        };

        abstract int characters(int bytes);

        abstract byte[] decode(String text);

        abstract String encode(byte[] bytes);

        // The decoders take more than one spelling, such as loose bits: only what encodes back to itself counts.
        boolean isCanonical(String text, byte[] decoded) {
            return encode(decoded).equals(text);
        }
    }

    private final String name;
    private final Encoding encoding;
    private final String prefix;
    private final @Nullable Character separator;
    private final int minBytes;
    private final int maxBytes;

    private SignatureHeader(
            String name, Encoding encoding, String prefix, @Nullable Character separator, int minBytes, int maxBytes) {
        this.name = name;
        this.encoding = encoding;
        this.prefix = prefix;
        this.separator = separator;
        this.minBytes = minBytes;
        this.maxBytes = maxBytes;
    }

    /** Returns a header with one signature in lower-case hex, of 32 bytes. */
    public static SignatureHeader hex(String name) {
        return new SignatureHeader(name, Encoding.HEX, "", null, SHA256_BYTES, SHA256_BYTES);
    }

    /** Returns a header with one signature in padded base64 of the standard alphabet (RFC 4648, section 4), of 32 bytes. */
    public static SignatureHeader base64(String name) {
        return new SignatureHeader(name, Encoding.BASE64, "", null, SHA256_BYTES, SHA256_BYTES);
    }

    /** Returns a header with one signature in base64url without padding (RFC 4648, section 5), of 32 bytes. */
    public static SignatureHeader base64Url(String name) {
        return new SignatureHeader(name, Encoding.BASE64_URL, "", null, SHA256_BYTES, SHA256_BYTES);
    }

    /** Returns a header with a token as it is, of 1 to 1,024 characters. */
    public static SignatureHeader token(String name) {
        return new SignatureHeader(name, Encoding.TEXT, "", null, 1, MAX_BYTES);
    }

    /** Returns the same with text before each signature. An element without it is ignored. */
    public SignatureHeader withPrefix(String prefix) {
        return new SignatureHeader(name, encoding, prefix, separator, minBytes, maxBytes);
    }

    /** Returns the same with several elements in one header. Spaces around an element do not count. */
    public SignatureHeader separatedBy(char separator) {
        return new SignatureHeader(name, encoding, prefix, separator, minBytes, maxBytes);
    }

    /** Returns the same for signatures of an algorithm other than HMAC-SHA256, which have another length. */
    public SignatureHeader of(SignatureAlgorithm algorithm) {
        int max = algorithm.maxBytes();
        return new SignatureHeader(name, encoding, prefix, separator, algorithm.hasFixedLength() ? max : 1, max);
    }

    /** Returns the header's name. */
    public String name() {
        return name;
    }

    /**
     * Reads the signatures of a request: at least one, and at most {@value SignatureClaim#MAX_SIGNATURES}.
     *
     * @throws WebhookRejectedException if there is no such header, if it occurs several times, or if nothing in it is a
     *     well-formed signature
     */
    public List<byte[]> read(WebhookRequest request) throws WebhookRejectedException {
        List<byte[]> signatures = signaturesIn(value(request));
        if (signatures.isEmpty()) {
            throw new WebhookRejectedException(RejectionReason.SIGNATURE_MALFORMED);
        }
        return signatures;
    }

    /**
     * Reads the signatures of a provider that has them in several headers, any of which may be missing.
     *
     * @throws WebhookRejectedException if all of the headers are missing, if one occurs several times, or if nothing in them
     *     is a well-formed signature
     */
    public static List<byte[]> read(WebhookRequest request, SignatureHeader... headers)
            throws WebhookRejectedException {
        List<byte[]> signatures = new ArrayList<>();
        boolean missing = true;
        for (SignatureHeader header : headers) {
            if (!request.headers(header.name).isEmpty()) {
                missing = false;
                signatures.addAll(header.signaturesIn(header.value(request)));
            }
        }
        if (signatures.isEmpty()) {
            throw new WebhookRejectedException(
                    missing ? RejectionReason.SIGNATURE_MISSING : RejectionReason.SIGNATURE_MALFORMED);
        }
        return signatures;
    }

    /**
     * Reads the signatures of a header value; none if nothing in it is a well-formed one.
     *
     * @param value as {@link #value} returns it
     */
    public List<byte[]> signaturesIn(String value) {
        if (separator == null) {
            byte[] only = decode(value, 0, value.length());
            return only == null ? List.of() : List.of(only);
        }
        List<byte[]> signatures = new ArrayList<>(2);
        int from = 0;
        while (from <= value.length() && signatures.size() < SignatureClaim.MAX_SIGNATURES) {
            int end = value.indexOf(separator, from);
            int to = end < 0 ? value.length() : end;
            byte[] signature = decodeElement(value, from, to);
            if (signature != null) {
                signatures.add(signature);
            }
            from = to + 1;
        }
        return signatures;
    }

    /**
     * Returns the one value of the header.
     *
     * @throws WebhookRejectedException if there is no such header, or if it occurs several times
     */
    public String value(WebhookRequest request) throws WebhookRejectedException {
        List<String> values = request.headers(name);
        if (values.isEmpty()) {
            throw new WebhookRejectedException(RejectionReason.SIGNATURE_MISSING);
        }
        if (values.size() > 1) {
            throw new WebhookRejectedException(RejectionReason.SIGNATURE_REPEATED);
        }
        return values.get(0);
    }

    /**
     * Returns the one element of a header value that begins with a prefix, without it: the {@code t} of
     * {@code t=1700000000,v1=...}.
     *
     * @param value as {@link #value} returns it
     * @throws WebhookRejectedException if there is no such element, or more than one
     */
    public String element(String value, String prefix) throws WebhookRejectedException {
        String found = null;
        for (String element : value.split(separator == null ? "\\z" : Pattern.quote(separator.toString()), -1)) {
            if (element.strip().startsWith(prefix)) {
                if (found != null) {
                    throw new WebhookRejectedException(RejectionReason.SIGNATURE_MALFORMED);
                }
                found = element.strip().substring(prefix.length());
            }
        }
        if (found == null) {
            throw new WebhookRejectedException(RejectionReason.SIGNATURE_MALFORMED);
        }
        return found;
    }

    private byte @Nullable [] decodeElement(String value, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && value.charAt(start) == ' ') {
            start++;
        }
        while (end > start && value.charAt(end - 1) == ' ') {
            end--;
        }
        return decode(value, start, end);
    }

    private byte @Nullable [] decode(String value, int from, int to) {
        int start = from + prefix.length();
        int characters = to - start;
        if (characters < encoding.characters(minBytes)
                || characters > encoding.characters(maxBytes)
                || !value.startsWith(prefix, from)) {
            return null;
        }
        String text = value.substring(start, to);
        try {
            byte[] signature = encoding.decode(text);
            boolean fits = signature.length >= minBytes && signature.length <= maxBytes;
            return fits && encoding.isCanonical(text, signature) ? signature : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
