package dev.hookseal.contract;

import java.util.Objects;

/**
 * A rule that a server does not follow, with the reason. The suite asserts that it really is so: a rule that is kept
 * after all fails, so that no deviation outlives its cause.
 *
 * @param rule the name of the test method, such as {@code rejectsOtherMethods}
 * @param reason why, for the report
 * @param instead what the failure of the rule says in this case, or part of it: a rule that fails in another way fails
 *     the test
 */
public record Deviation(String rule, String reason, String instead) {

    /** A deviation. */
    public Deviation {
        Objects.requireNonNull(rule, "rule");
        if (reason.isBlank() || instead.isBlank()) {
            throw new IllegalArgumentException(
                    "A deviation from " + rule + " needs its reason, and what is to be seen instead");
        }
    }
}
