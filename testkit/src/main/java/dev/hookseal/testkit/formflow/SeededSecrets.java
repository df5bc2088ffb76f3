package dev.hookseal.testkit.formflow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Secrets and ids that follow from a seed, so that a test that fails can be run again as it was. */
record SeededSecrets(String seed) {

    /** 32 hex digits. */
    String secret(String purpose) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((seed + "\n" + purpose).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    String id(String purpose) {
        return UUID.nameUUIDFromBytes((seed + "\n" + purpose).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
