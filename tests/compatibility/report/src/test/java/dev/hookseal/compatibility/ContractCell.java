package dev.hookseal.compatibility;

/** What the page says of one rule on one runtime and one version of Java. */
record ContractCell(String rule, String runtime, String java, String outcome) {}
