package dev.hookseal.spring;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.KnownProperties;
import dev.hookseal.config.WrongValue;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.unit.DataSize;

/**
 * Says what is wrong with a property below {@code hookseal} that Boot cannot bind. Boot itself would show the value of a
 * misspelt property, which may be a secret.
 */
final class PropertyFailures implements ConfigurationPropertiesBindHandlerAdvisor {
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("hookseal");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern DEFAULT = Pattern.compile("(?<=\\$\\{[^:}]{0,200}):.*}");

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
                throw ROOT.equals(name) || ROOT.isAncestorOf(name) ? explained(name, target, context, e) : e;
            }
        }
    }

    private static Exception explained(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
        Throwable cause = error instanceof BindException ? error.getCause() : error;
        if (cause instanceof UnboundConfigurationPropertiesException unbound) {
            return unknown(List.copyOf(unbound.getUnboundProperties()), target);
        }
        return cause instanceof ConversionException conversion
                ? notConverted(name, target, context.getConfigurationProperty(), conversion)
                : error;
    }

    private static WebhookConfigurationException unknown(List<ConfigurationProperty> unbound, Bindable<?> target) {
        Class<?> type = target.getType().resolve(Object.class);
        if (type != HooksealProperties.class) {
            return new WebhookConfigurationException(
                    type.getName() + " is bound to the prefix hookseal as well, and does not have the properties "
                            + unbound.stream()
                                    .map(each -> each.getName().toString())
                                    .collect(Collectors.joining(", ")),
                    "give it another prefix, or let it ignore unknown fields");
        }
        List<WebhookConfigurationException> all = unbound.stream()
                .map(each -> at(each, KnownProperties.unknown(each.getName().toString())))
                .toList();
        return new WebhookConfigurationException(
                all.stream().map(WebhookConfigurationException::description).collect(Collectors.joining("; ")),
                all.stream().map(WebhookConfigurationException::action).collect(Collectors.joining("; ")));
    }

    private static WebhookConfigurationException notConverted(
            ConfigurationPropertyName name,
            Bindable<?> target,
            @Nullable ConfigurationProperty property,
            ConversionException error) {
        Class<?> type = target.getType().resolve(Object.class);
        if (type == Duration.class) {
            return wrongValue(name, property, error, WrongValue::notADuration);
        }
        if (type == DataSize.class) {
            return wrongValue(name, property, error, WrongValue::notASize);
        }
        if (type == int.class) {
            return wrongValue(name, property, error, WrongValue::notAWholeNumber);
        }
        return at(property, KnownProperties.unknown(name.toString()));
    }

    private static WebhookConfigurationException wrongValue(
            ConfigurationPropertyName name,
            @Nullable ConfigurationProperty property,
            ConversionException error,
            BiFunction<String, String, WebhookConfigurationException> wrong) {
        String resolved = error instanceof ConversionFailedException failed ? String.valueOf(failed.getValue()) : "";
        Matcher placeholder = PLACEHOLDER.matcher(resolved);
        return at(
                property,
                placeholder.find()
                        ? WrongValue.unresolved(name.toString(), placeholder.group())
                        : wrong.apply(name.toString(), shown(name, property)));
    }

    // As it is written down, and never what a placeholder stands for.
    private static String shown(ConfigurationPropertyName name, @Nullable ConfigurationProperty property) {
        if (property == null || name.toString().contains("secret")) {
            return "";
        }
        return DEFAULT.matcher(String.valueOf(property.getValue())).replaceAll("}");
    }

    private static WebhookConfigurationException at(
            @Nullable ConfigurationProperty property, WebhookConfigurationException failure) {
        Origin origin = property == null ? null : property.getOrigin();
        return origin == null
                ? failure
                : new WebhookConfigurationException(failure.description() + " (" + origin + ")", failure.action());
    }
}
