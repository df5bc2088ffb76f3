package dev.hookseal.planted;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Two mistakes that the build must catch. No build compiles this file; a test does. */
@NullMarked
final class PlantedViolations {
    private PlantedViolations() {}

    static int dereferencesWhatMayBeNull(@Nullable String text) {
        return text.length();
    }

    static boolean comparesArraysByIdentity(byte[] signature, byte[] expected) {
        return signature.equals(expected);
    }
}
