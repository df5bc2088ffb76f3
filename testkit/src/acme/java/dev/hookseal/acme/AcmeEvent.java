package dev.hookseal.acme;

/** An event of Acme, of which the tests need no more. */
public record AcmeEvent(String id, String type) {}
