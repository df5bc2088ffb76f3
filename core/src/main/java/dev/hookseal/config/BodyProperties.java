package dev.hookseal.config;

import dev.hookseal.request.BodyBudget;
import dev.hookseal.request.BodyLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the bodies of all endpoints, as a framework binds it; null where not set.
 *
 * @param timeout {@code hookseal.body-timeout}, see {@link BodyLimits#timeout()}
 * @param budgetBytes {@code hookseal.body-budget}, see {@link BodyBudget}
 */
public record BodyProperties(
        @Nullable Duration timeout, @Nullable Long budgetBytes) {
    /** Nothing is set. */
    public static final BodyProperties NONE = new BodyProperties(null, null);

    Duration timeoutOrDefault() {
        return timeout == null ? BodyLimits.DEFAULT_TIMEOUT : timeout;
    }

    BodyBudget budget() {
        return budgetBytes == null ? BodyBudget.ofTheHeap() : BodyBudget.ofBytes(budgetBytes);
    }
}
