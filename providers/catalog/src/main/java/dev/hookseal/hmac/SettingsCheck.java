package dev.hookseal.hmac;

import static dev.hookseal.hmac.HmacSettings.BODY_FORMAT;
import static dev.hookseal.hmac.HmacSettings.EVENT_HEADER;
import static dev.hookseal.hmac.HmacSettings.EVENT_POINTER;
import static dev.hookseal.hmac.HmacSettings.ID_HEADER;
import static dev.hookseal.hmac.HmacSettings.ID_POINTER;
import static dev.hookseal.hmac.HmacSettings.ID_RETENTION;
import static dev.hookseal.hmac.HmacSettings.REPEAT_WINDOW;
import static dev.hookseal.hmac.HmacSettings.SIGNATURE_HEADER;
import static dev.hookseal.hmac.HmacSettings.SIGNATURE_PREFIX;
import static dev.hookseal.hmac.HmacSettings.SIGNATURE_SEPARATOR;
import static dev.hookseal.hmac.HmacSettings.SIGNED_CONTENT;
import static dev.hookseal.hmac.HmacSettings.TIMESTAMP_ELEMENT;
import static dev.hookseal.hmac.HmacSettings.TIMESTAMP_HEADER;
import static dev.hookseal.hmac.HmacSettings.TIMESTAMP_POINTER;
import static dev.hookseal.hmac.HmacSettings.TIMESTAMP_UNIT;
import static dev.hookseal.hmac.HmacSettings.TOLERANCE;
import static dev.hookseal.hmac.HmacSettings.TRUST_UNSIGNED_ID;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.hmac.HmacSettings.BodyFormat;
import dev.hookseal.hmac.HmacSettings.TimestampUnit;
import dev.hookseal.hmac.SignedTemplate.Placeholder;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Setting;
import java.util.List;
import java.util.regex.Pattern;

/** Checks the settings of an endpoint against each other. Each message names the property, and what to do. */
final class SettingsCheck {
    // RFC 9110, 5.6.2
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final EndpointSettings settings;

    private SettingsCheck(EndpointSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns the checked template.
     *
     * @throws WebhookConfigurationException if something is missing, wrong or without effect
     */
    static SignedTemplate of(EndpointSettings settings) {
        return new SettingsCheck(settings).checked();
    }

    private SignedTemplate checked() {
        if (!isSet(SIGNATURE_HEADER)) {
            throw wrong(SIGNATURE_HEADER, "is not set", "set it to the header with the sender's signature");
        }
        List.of(SIGNATURE_HEADER, TIMESTAMP_HEADER, ID_HEADER, EVENT_HEADER).forEach(this::checkHeader);
        List.of(TIMESTAMP_POINTER, ID_POINTER, EVENT_POINTER).forEach(this::checkPointer);
        checkElements();
        SignedTemplate template = template();
        checkTime(template);
        checkId(template);
        checkOneOf(List.of(EVENT_HEADER, EVENT_POINTER));
        if (template.has(Placeholder.URL)) {
            settings.publicUrl();
        }
        return template;
    }

    private SignedTemplate template() {
        try {
            SignedTemplate template =
                    SignedTemplate.parse(settings.value(SIGNED_CONTENT).orElseThrow());
            template.checkIsUnambiguous(
                    settings.value(BODY_FORMAT).orElseThrow() == BodyFormat.JSON,
                    settings.value(TIMESTAMP_UNIT)
                            .filter(TimestampUnit.ISO_8601::equals)
                            .isPresent());
            return template;
        } catch (IllegalArgumentException e) {
            throw wrong(
                    SIGNED_CONTENT,
                    String.valueOf(e.getMessage()),
                    "set it to what the sender signs, such as {body} or {timestamp}.{body}; the placeholders are"
                            + " {body}, {timestamp}, {id}, {method} and {url}");
        }
    }

    private void checkHeader(Setting<String> setting) {
        String name = settings.value(setting).orElse(null);
        if (name != null && !HEADER_NAME.matcher(name).matches()) {
            throw wrong(setting, "is not the name of a header", "set it to a name such as X-Signature");
        }
        if (name != null
                && !setting.equals(SIGNATURE_HEADER)
                && name.equalsIgnoreCase(settings.value(SIGNATURE_HEADER).orElseThrow())) {
            throw wrong(setting, "is the header with the signature", "set it to another header");
        }
    }

    private void checkPointer(Setting<String> setting) {
        String pointer = settings.value(setting).orElse(null);
        if (pointer == null) {
            return;
        }
        if (settings.value(BODY_FORMAT).orElseThrow() != BodyFormat.JSON) {
            throw wrong(
                    setting,
                    "is for JSON, and " + BODY_FORMAT.key() + " is text",
                    "remove it, or " + BODY_FORMAT.key());
        }
        try {
            JsonData.of("{}").text(pointer);
        } catch (IllegalArgumentException e) {
            throw wrong(
                    setting, "is not a JSON Pointer", "set it to one such as /data/id, with a slash at its beginning");
        }
    }

    private void checkElements() {
        String separator = settings.value(SIGNATURE_SEPARATOR)
                .map(each -> String.valueOf(HmacScheme.character(each)))
                .orElse(null);
        for (Setting<String> setting : List.of(SIGNATURE_PREFIX, TIMESTAMP_ELEMENT)) {
            if (separator != null
                    && settings.value(setting)
                            .filter(value -> value.contains(separator))
                            .isPresent()) {
                throw wrong(
                        setting,
                        "contains the character of " + SIGNATURE_SEPARATOR.key(),
                        "remove that character, or correct " + settings.property(SIGNATURE_SEPARATOR.key()));
            }
        }
        if (isSet(TIMESTAMP_ELEMENT) && separator == null) {
            throw wrong(
                    TIMESTAMP_ELEMENT,
                    "is set, and the signature header has one element only",
                    "set " + settings.property(SIGNATURE_SEPARATOR.key()) + " to what separates its elements");
        }
    }

    private void checkTime(SignedTemplate template) {
        checkOneOf(List.of(TIMESTAMP_HEADER, TIMESTAMP_ELEMENT, TIMESTAMP_POINTER));
        boolean inTemplate = template.has(Placeholder.TIMESTAMP);
        if (inTemplate && !isSet(TIMESTAMP_HEADER) && !isSet(TIMESTAMP_ELEMENT)) {
            throw wrong(
                    SIGNED_CONTENT,
                    "has {timestamp}, and nothing says where that is",
                    "set " + settings.property(TIMESTAMP_HEADER.key()) + ", or " + TIMESTAMP_ELEMENT.key()
                            + " if it is in the signature header");
        }
        if (!inTemplate && isSet(TIMESTAMP_ELEMENT)) {
            throw wrong(
                    TIMESTAMP_ELEMENT,
                    "is set, and " + SIGNED_CONTENT.key() + " has no {timestamp}",
                    "add {timestamp} to " + settings.property(SIGNED_CONTENT.key()) + ", or remove it");
        }
        if (!isSet(TIMESTAMP_HEADER) && !isSet(TIMESTAMP_ELEMENT) && !isSet(TIMESTAMP_POINTER)) {
            checkHasNoEffect(TIMESTAMP_UNIT, "no time is configured");
            checkHasNoEffect(TOLERANCE, "no time is configured");
        }
    }

    private void checkId(SignedTemplate template) {
        checkOneOf(List.of(ID_HEADER, ID_POINTER));
        boolean inTemplate = template.has(Placeholder.ID);
        if (inTemplate && !isSet(ID_HEADER)) {
            throw wrong(
                    SIGNED_CONTENT,
                    "has {id}, and nothing says where that is",
                    "set " + settings.property(ID_HEADER.key()) + " to the header with the id");
        }
        boolean isTrusted = settings.value(TRUST_UNSIGNED_ID).orElseThrow();
        if (isTrusted && (inTemplate || !isSet(ID_HEADER))) {
            throw wrong(TRUST_UNSIGNED_ID, "is true, and no unsigned id is configured", "remove it");
        }
        if (isSet(ID_POINTER) || inTemplate || isTrusted) {
            checkHasNoEffect(REPEAT_WINDOW, "the id recognises a duplicate");
        } else {
            checkHasNoEffect(ID_RETENTION, "no signed id is configured");
        }
    }

    private void checkHasNoEffect(Setting<?> setting, String why) {
        if (isSet(setting)) {
            throw wrong(setting, "is set, and " + why, "remove it");
        }
    }

    private void checkOneOf(List<Setting<String>> alternatives) {
        List<Setting<String>> set = alternatives.stream().filter(this::isSet).toList();
        if (set.size() > 1) {
            throw wrong(set.get(1), "is set, and " + set.get(0).key() + " as well", "remove one of them");
        }
    }

    private boolean isSet(Setting<?> setting) {
        return settings.value(setting).isPresent();
    }

    private WebhookConfigurationException wrong(Setting<?> setting, String problem, String fix) {
        return new WebhookConfigurationException(settings.property(setting.key()) + " " + problem, fix);
    }
}
