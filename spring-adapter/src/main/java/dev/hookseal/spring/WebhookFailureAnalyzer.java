package dev.hookseal.spring;

import dev.hookseal.WebhookConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Shows a wrong configuration as Boot shows its own: what is wrong, what to do, and no stack trace. */
// First, since one of Boot's own would take the failure to bind for its own, and show the value.
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WebhookFailureAnalyzer extends AbstractFailureAnalyzer<WebhookConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WebhookConfigurationException cause) {
        String action = cause.action();
        return new FailureAnalysis(
                cause.description() + ".", Character.toUpperCase(action.charAt(0)) + action.substring(1) + ".", cause);
    }
}
