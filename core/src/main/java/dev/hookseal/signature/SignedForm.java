package dev.hookseal.signature;

/** In what form the signed content was found in a request. */
public enum SignedForm {
    /** The signature covers bytes as they stand in the body. */
    RAW,
    /** The signature covers what ECMAScript's {@code JSON.stringify} makes of a part of the body. */
    ECMASCRIPT
}
