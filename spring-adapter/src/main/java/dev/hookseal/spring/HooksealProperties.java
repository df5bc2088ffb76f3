package dev.hookseal.spring;

import dev.hookseal.adapter.EndpointProperties;
import dev.hookseal.delivery.InMemoryDeliveryStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What an application configures. The values are only bound here; what they mean and whether they are right is core's.
 *
 * @param endpoints Endpoints that receive webhooks, by the name that @WebhookEndpoint gives.
 * @param store Where handled deliveries are remembered.
 */
// A misspelt tolerance or limit would leave the check off without a word.
@ConfigurationProperties(prefix = "hookseal", ignoreUnknownFields = false)
record HooksealProperties(
        @DefaultValue Map<String, Endpoint> endpoints,
        @DefaultValue Store store) {

    Map<String, EndpointProperties> endpointProperties() {
        Map<String, EndpointProperties> all = new LinkedHashMap<>();
        endpoints.forEach((name, endpoint) -> all.put(name, endpoint.values()));
        return all;
    }

    /**
     * One endpoint.
     *
     * @param provider Who sends: extracta, formflow, or the name of a WebhookProvider bean. The endpoint's own name
     *     unless set.
     * @param secret Signing secret for every event.
     * @param secrets Signing secrets by event name, each one or a list; or a list for every event, the newest first.
     * @param maxBodySize Largest body that is read. The provider's default unless set: 1MB for FormFlow, 16MB for
     *     Extracta.
     * @param tolerance How far the unsigned time header may be from now, either way. Not looked at unless set.
     * @param replayWindow How old a signed event may be, and for how long its id is remembered. 72h for FormFlow unless
     *     set.
     * @param repeatWindow For a provider without delivery ids: for how long the same signed content counts as a repeat,
     *     which can lose a genuine event. Never unless set.
     * @param lease How long a handler may take before a redelivery is handled as if the first had been lost. 5m unless
     *     set.
     */
    record Endpoint(
            @Nullable String provider,
            @Nullable String secret,
            // The value's type is Object so that the binder takes no text apart at its commas.
            @DefaultValue Map<String, Object> secrets,
            @Nullable DataSize maxBodySize,
            @Nullable Duration tolerance,
            @Nullable Duration replayWindow,
            @Nullable Duration repeatWindow,
            @Nullable Duration lease) {

        EndpointProperties values() {
            return new EndpointProperties(
                    provider,
                    secret,
                    secrets,
                    maxBodySize == null ? null : maxBodySize.toBytes(),
                    tolerance,
                    replayWindow,
                    repeatWindow,
                    lease);
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return values().toString();
        }
    }

    /**
     * The store in memory, which serves unless the application has a DeliveryStore bean.
     *
     * @param maxDeliveries How many handled deliveries the store in memory remembers at the most.
     */
    record Store(
            @DefaultValue("" + InMemoryDeliveryStore.DEFAULT_MAX_DELIVERIES)
            int maxDeliveries) {}
}
