package dev.hookseal.contract;

import dev.hookseal.config.EndpointProperties;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.formflow.FormFlowEventType;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The endpoints of the contract and their secrets, which no account has. */
final class ContractSecrets {
    static final int STRICT_MAX_BODY_BYTES = 4096;
    static final Duration STRICT_TOLERANCE = Duration.ofMinutes(5);
    static final Duration BODY_TIMEOUT = Duration.ofSeconds(3);
    static final int BODY_BUDGET_BYTES = 4 * 1024 * 1024;
    static final GlobalProperties GLOBAL = GlobalProperties.of(
            Map.of("hookseal.body-timeout", BODY_TIMEOUT, "hookseal.body-budget", BODY_BUDGET_BYTES));
    static final String STRICT = "whsec-contract-strict";
    /** FormFlow's for {@code extracted}, and the one before. */
    static final String EXTRACTED = "whsec-contract-extracted-new";

    static final String EXTRACTED_BEFORE = "whsec-contract-extracted-old";
    /** By event: the newest first. */
    static final Map<String, List<String>> FORMFLOW = formFlow();
    /** The newest first. */
    static final List<String> EXTRACTA = List.of("E_AI_K_contract-extracta-new", "E_AI_K_contract-extracta-old");

    static final String STANDARD_WEBHOOKS = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    // the keys of the Go test in the specification's pull request 253
    static final String STANDARD_WEBHOOKS_PRIVATE_KEY = "whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=";
    private static final List<String> STANDARD_WEBHOOKS_SECRETS =
            List.of(STANDARD_WEBHOOKS, "whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/g=");

    static final String CUSTOM = "contract-custom-secret";
    static final String VERIFY_TOKEN = "contract-verify-token";
    // not where the server listens
    static final String PUBLIC_URL = "https://hooks.example.com/contract";
    private static final Map<String, String> CUSTOM_PROPERTIES = Map.of(
            "provider",
            ContractProvider.NAME,
            "secret",
            CUSTOM,
            "verify-token",
            VERIFY_TOKEN,
            "public-url",
            PUBLIC_URL);

    // one for each route, since an endpoint has one handler for an event
    private static final List<String> FORMFLOW_ENDPOINTS = List.of(
            "formflow",
            "formflow-any-method",
            "formflow-selected",
            "formflow-body",
            "formflow-async",
            "formflow-nothing",
            "formflow-async-nothing",
            "formflow-object",
            "formflow-timed",
            "formflow-flushed");

    private ContractSecrets() {}

    private static Map<String, List<String>> formFlow() {
        Map<String, List<String>> secrets = new LinkedHashMap<>();
        for (FormFlowEventType type : FormFlowEventType.values()) {
            if (type == FormFlowEventType.EXTRACTED) {
                secrets.put(type.wireName(), List.of(EXTRACTED, EXTRACTED_BEFORE));
            } else if (type != FormFlowEventType.UNKNOWN) {
                secrets.put(type.wireName(), List.of("whsec-contract-" + type.wireName()));
            }
        }
        return secrets;
    }

    static Map<String, EndpointProperties> endpoints() {
        Map<String, EndpointProperties> endpoints = new LinkedHashMap<>();
        for (String endpoint : FORMFLOW_ENDPOINTS) {
            endpoints.put(endpoint, EndpointProperties.of(Map.of("provider", "formflow", "secrets", FORMFLOW)));
        }
        endpoints.put(
                "strict",
                EndpointProperties.of(Map.of(
                        "provider",
                        "formflow",
                        "secret",
                        STRICT,
                        "max-body-size",
                        (long) STRICT_MAX_BODY_BYTES,
                        "tolerance",
                        STRICT_TOLERANCE)));
        endpoints.put("extracta", EndpointProperties.of(Map.of("secrets", EXTRACTA)));
        endpoints.put("standard-webhooks", EndpointProperties.of(Map.of("secrets", STANDARD_WEBHOOKS_SECRETS)));
        endpoints.put("custom", EndpointProperties.of(CUSTOM_PROPERTIES));
        return endpoints;
    }

    static Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("hookseal.body-timeout", BODY_TIMEOUT.toSeconds() + "s");
        properties.put("hookseal.body-budget", BODY_BUDGET_BYTES / 1024 + "KB");
        for (String endpoint : FORMFLOW_ENDPOINTS) {
            properties.put("hookseal.endpoints." + endpoint + ".provider", "formflow");
            FORMFLOW.forEach((event, secrets) -> list(endpoint + ".secrets." + event, secrets, properties));
        }
        list("extracta.secrets", EXTRACTA, properties);
        list("standard-webhooks.secrets", STANDARD_WEBHOOKS_SECRETS, properties);
        CUSTOM_PROPERTIES.forEach((key, value) -> properties.put("hookseal.endpoints.custom." + key, value));
        properties.put("hookseal.endpoints.strict.provider", "formflow");
        properties.put("hookseal.endpoints.strict.secret", STRICT);
        properties.put("hookseal.endpoints.strict.tolerance", STRICT_TOLERANCE.toMinutes() + "m");
        properties.put("hookseal.endpoints.strict.max-body-size", STRICT_MAX_BODY_BYTES / 1024 + "KB");
        return properties;
    }

    private static void list(String key, List<String> secrets, Map<String, String> properties) {
        for (int at = 0; at < secrets.size(); at++) {
            properties.put("hookseal.endpoints." + key + "[" + at + "]", secrets.get(at));
        }
    }

    /** Returns every secret as text. */
    static Stream<String> all() {
        return Stream.of(
                        Stream.of(STRICT, STANDARD_WEBHOOKS, STANDARD_WEBHOOKS_PRIVATE_KEY, CUSTOM, VERIFY_TOKEN),
                        FORMFLOW.values().stream().flatMap(List::stream),
                        EXTRACTA.stream())
                .flatMap(secrets -> secrets);
    }

    static SecretSource formFlowByEvent() {
        Map<String, List<SigningSecret>> secrets = new LinkedHashMap<>();
        FORMFLOW.forEach((event, texts) ->
                secrets.put(event, texts.stream().map(SigningSecret::ofUtf8).toList()));
        return SecretSource.byEventType(secrets);
    }
}
