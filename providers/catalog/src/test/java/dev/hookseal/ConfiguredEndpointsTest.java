package dev.hookseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.config.EndpointProperties;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.hmac.HmacKit;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.store.InMemoryDeliveryStore;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.fake.FakeProvider;
import dev.hookseal.token.TokenKit;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several endpoints of one provider, as Spring Boot and Micronaut configure them. */
class ConfiguredEndpointsTest {
    private static final Map<String, String> SHOP = Map.of(
            "provider", "hmac",
            "secret", "shop-secret",
            "signature-header", "X-Signature",
            "signature-encoding", "base64",
            "event-header", "X-Event");
    private static final Map<String, String> BANK = Map.of(
            "provider", "hmac",
            "secret", "62616e6b2d736563726574",
            "secret-encoding", "hex",
            "signature-header", "X-Signature",
            "timestamp-header", "X-Time",
            "signed-content", "{timestamp}.{body}",
            "id-pointer", "/id");
    private static final Map<String, String> DOOR =
            Map.of("provider", "token", "secret", "t0ken", "token-header", "Authorization", "token-prefix", "Bearer ");

    private static EndpointRegistry registry(Map<String, Map<String, String>> endpoints) {
        Map<String, EndpointProperties> properties = new LinkedHashMap<>();
        endpoints.forEach((name, values) -> properties.put(name, EndpointProperties.of(values)));
        return EndpointRegistry.builder(properties)
                .store(new InMemoryDeliveryStore(Clock.systemUTC()))
                .clock(Clock.systemUTC())
                .build();
    }

    private static boolean takes(WebhookReceiver<?> receiver, SignedDelivery delivery) {
        if (receiver.receive(delivery.toWebhookRequest()) instanceof Decision.Admitted<?> admitted) {
            admitted.delivery().answered(200);
            return true;
        }
        return false;
    }

    private static SignedDelivery delivery(ProviderKit kit, WebhookReceiver<?> receiver, String secret) {
        ProviderKit own = kit.withSettings(receiver.settings());
        return FakeEvent.samples(own).get(0).signedWith(secret);
    }

    @Test
    void eachVerifiesAsItsOwnPropertiesSay() {
        Map<String, WebhookReceiver<?>> receivers =
                registry(Map.of("shop", SHOP, "bank", BANK, "door", DOOR)).receivers();
        WebhookReceiver<?> shop = receivers.get("shop");
        WebhookReceiver<?> bank = receivers.get("bank");
        SignedDelivery fromShop = delivery(new HmacKit(), shop, "shop-secret");
        SignedDelivery fromBank = delivery(new HmacKit(), bank, "62616e6b2d736563726574");

        assertThat(takes(shop, fromShop)).isTrue();
        assertThat(takes(bank, fromBank)).isTrue();
        assertThat(takes(bank, fromBank)).as("a duplicate").isFalse();
        assertThat(takes(shop, fromShop)).as("nothing signed identifies it").isTrue();
        assertThat(takes(shop, fromBank)).isFalse();
        assertThat(takes(bank, fromShop)).isFalse();
        WebhookReceiver<?> door = receivers.get("door");
        assertThat(takes(door, delivery(new TokenKit(), door, "t0ken"))).isTrue();
        assertThat(takes(door, delivery(new TokenKit(), door, "t0kem"))).isFalse();
    }

    @Test
    void thePropertiesOfAFakeAreThoseOfTheApplication() {
        WebhookReceiver<?> bank = registry(Map.of("bank", BANK)).receivers().get("bank");
        FakeProvider fake = FakeProvider.of(new HmacKit().withSettings(bank.settings()));
        Map<String, String> values = new LinkedHashMap<>();
        fake.properties("bank")
                .forEach((name, value) -> values.put(name.substring("hookseal.endpoints.bank.".length()), value));

        WebhookReceiver<?> same = registry(Map.of("bank", values)).receivers().get("bank");

        SignedDelivery delivery = FakeEvent.samples(new HmacKit().withSettings(same.settings()))
                .get(0)
                .signedWith(values.get("secret"));
        assertThat(takes(same, delivery)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "signature-encoding -> octal -> signature-encoding is not one of hex, base64, base64url: octal: set it to"
                        + " hex, base64 or base64url",
                "signed-content -> {timestamp}.{body} -> signed-content has {timestamp}, and nothing says where that is",
                "signed-content -> hello -> signed-content has no {body}",
                "signature-headr -> X -> signature-headr is not a setting of the provider hmac",
                // what YAML makes of an unquoted template
                "signed-content.body -> '' -> signed-content.body is not a setting of the provider hmac",
                "timestamp-unit -> minutes -> timestamp-unit is not one of seconds, milliseconds, iso-8601: minutes",
                "tolerance -> 2d -> tolerance must be from 1s to 24h",
            })
    void aWrongPropertyFailsTheStart(String key, String value, String message) {
        Map<String, String> values = new LinkedHashMap<>(SHOP);
        values.put(key, value);

        assertThatThrownBy(() -> registry(Map.of("shop", values)))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageStartingWith("hookseal.endpoints.shop." + message);
    }
}
