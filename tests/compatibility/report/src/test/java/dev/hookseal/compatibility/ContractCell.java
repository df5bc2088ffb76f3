package dev.hookseal.compatibility;

/**
 * What the page says of one rule on one runtime and one version of Java.
 *
 * @param rule or the name of a store, for all rules with it
 */
record ContractCell(String rule, String runtime, String java, String outcome) {}
