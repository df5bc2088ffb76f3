package dev.hookseal.spring;

import dev.hookseal.WebhookConfigurationException;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.convert.ConversionException;

/**
 * Says what is wrong where a class of the application is bound to the prefix {@code hookseal} as well and Boot cannot bind
 * it. Boot itself would show the value of the property, which may be a secret.
 */
final class PropertyFailures implements ConfigurationPropertiesBindHandlerAdvisor {
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("hookseal");

    @Override
    public BindHandler apply(BindHandler handler) {
        return new Explaining(handler);
    }

    private static final class Explaining extends AbstractBindHandler {
        private Explaining(BindHandler parent) {
            super(parent);
        }

        @Override
        public Object onFailure(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error)
                throws Exception {
            try {
                return super.onFailure(name, target, context, error);
            } catch (Exception e) {
                throw ROOT.equals(name) || ROOT.isAncestorOf(name) ? explained(name, target, e) : e;
            }
        }
    }

    private static Exception explained(ConfigurationPropertyName name, Bindable<?> target, Exception error) {
        Throwable cause = error instanceof BindException ? error.getCause() : error;
        String type = target.getType().resolve(Object.class).getName();
        if (cause instanceof UnboundConfigurationPropertiesException unbound) {
            return new WebhookConfigurationException(
                    type + " is bound to the prefix hookseal as well, and does not have the properties "
                            + unbound.getUnboundProperties().stream()
                                    .map(each -> each.getName().toString())
                                    .collect(Collectors.joining(", ")),
                    "give it another prefix, or let it ignore unknown fields");
        }
        return cause instanceof ConversionException
                ? new WebhookConfigurationException(
                        name + " cannot be bound to " + type + ", by a class with the prefix hookseal",
                        "give that class another prefix")
                : error;
    }
}
