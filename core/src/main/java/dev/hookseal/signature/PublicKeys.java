package dev.hookseal.signature;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads public keys as providers show them. */
final class PublicKeys {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";
    private static final int MIN_RSA_BITS = 2048;

    // the X.509 encodings (RFC 5280) before the bare key: RFC 8410 for Ed25519, RFC 5480 for a point on P-256
    private static final byte[] ED25519_HEADER = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] P256_HEADER =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");
    // FIPS 186-4, D.1.2.3
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final int ED25519_BYTES = 32;
    private static final int P256_POINT_BYTES = 65;

    private PublicKeys() {}

    static PublicKey parse(SignatureAlgorithm algorithm, String text) {
        byte[] encoded = x509(algorithm, decode(algorithm, text.strip()));
        try {
            PublicKey key = KeyFactory.getInstance(family(algorithm)).generatePublic(new X509EncodedKeySpec(encoded));
            check(algorithm, key);
            return key;
        } catch (GeneralSecurityException e) {
            throw notAKey(algorithm);
        }
    }

    private static byte[] decode(SignatureAlgorithm algorithm, String text) {
        if (text.startsWith("-----")) {
            if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
                throw notAKey(algorithm);
            }
            text = text.substring(BEGIN.length(), text.length() - END.length());
            byte[] pem = base64(text.replaceAll("\\s", ""));
            if (pem == null) {
                throw notAKey(algorithm);
            }
            return pem;
        }
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            byte[] decoded = base64(text);
            if (decoded == null) {
                throw notAKey(algorithm);
            }
            return decoded;
        }
    }

    private static byte @Nullable [] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] x509(SignatureAlgorithm algorithm, byte[] key) {
        if (algorithm == SignatureAlgorithm.ED25519 && key.length == ED25519_BYTES) {
            return concat(ED25519_HEADER, key);
        }
        if (algorithm == SignatureAlgorithm.ECDSA_P256 && key.length == P256_POINT_BYTES) {
            return concat(P256_HEADER, key);
        }
        return key;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    private static String family(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case ED25519 -> "Ed25519";
            case ECDSA_P256 -> "EC";
            case RSA_SHA256 -> "RSA";
            default -> throw new AssertionError(algorithm);
        };
    }

    private static void check(SignatureAlgorithm algorithm, PublicKey key) {
        if (key instanceof ECPublicKey ec && !ec.getParams().getOrder().equals(P256_ORDER)) {
            throw notAKey(algorithm);
        }
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
            throw new IllegalArgumentException(
                    "it is an RSA key of " + rsa.getModulus().bitLength() + " bits, and " + MIN_RSA_BITS
                            + " is the least: ask the sender for a longer one");
        }
    }

    private static IllegalArgumentException notAKey(SignatureAlgorithm algorithm) {
        return new IllegalArgumentException("it is not a public key for " + algorithm
                + ": set it to the sender's public key as PEM (BEGIN PUBLIC KEY), hex or base64");
    }
}
