package dev.hookseal.signature;

import java.util.Locale;

/** In what form the signed content was found in a request. */
public enum SignedForm {
    /** The signature covers bytes as they stand in the body. */
    RAW,
    /** The signature covers what ECMAScript's {@code JSON.stringify} makes of a part of the body. */
    ECMASCRIPT;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** The form in lower case: for metric tags. */
    public String tag() {
        return tag;
    }
}
