package dev.hookseal.receive;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.SigningSecret;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is likely to be wrong with an endpoint's secrets, told at start-up. A source that may change is not asked. */
final class SecretWarnings {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookReceiver.class);

    private SecretWarnings() {}

    static void log(WebhookProvider<?> provider, EndpointSettings settings) {
        Map<String, List<SigningSecret>> secrets = settings.secrets().fixedSecrets();
        secrets.forEach((event, list) -> {
            for (int i = 0; i < list.size(); i++) {
                logWhiteSpace(settings.secretProperty(event, i, list.size()), list.get(i));
            }
        });
        if (settings.secrets().differsByEventType() && !secrets.isEmpty()) {
            TreeSet<String> missing = new TreeSet<>(provider.eventNames());
            missing.removeAll(secrets.keySet());
            if (!missing.isEmpty()) {
                LOG.warn(
                        "Endpoint {} has no secret for these events of {}, and answers them with 401: {}. Set {} for"
                                + " each one that you subscribe to",
                        settings.name(),
                        provider.name(),
                        String.join(", ", missing),
                        settings.property("secrets.<event>"));
            }
        }
    }

    static void logToken(EndpointSettings settings) {
        LOG.warn(
                "Endpoint {} checks a plain token and no signature: the body is not covered, so anyone who has seen one"
                        + " request can send another body. Use it only if the sender can do no more, and over HTTPS",
                settings.name());
    }

    private static void logWhiteSpace(String property, SigningSecret secret) {
        if (secret.endsWithLineBreak()) {
            LOG.warn(
                    "{} ends with a line break, which counts as part of the secret, so that no signature will match. Write"
                            + " the file without one (printf, not echo), or strip the text that you read",
                    property);
        } else if (secret.beginsOrEndsWithWhiteSpace()) {
            LOG.warn("{} begins or ends with white space, which counts as part of the secret", property);
        } else if (secret.isInQuotes()) {
            LOG.warn(
                    "{} is in quotation marks, which count as part of the secret: remove them, if they are not",
                    property);
        }
    }
}
