package dev.hookseal.spring;

import dev.hookseal.config.BodyProperties;
import dev.hookseal.config.EndpointProperties;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.RejectedDeliveryFiles;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What an application configures. The values are only bound here; what they mean and whether they are right is core's.
 *
 * @param bodyTimeout Within which a whole body has to arrive, before its sender is answered with 408.
 * @param bodyBudget What all bodies that are still arriving may hold together, before a sender is answered with 503. A
 *     tenth of the heap unless set.
 * @param endpoints Endpoints that receive webhooks, by the name that @WebhookEndpoint gives.
 * @param store Where handled deliveries are remembered.
 * @param rejected What is kept of rejected deliveries.
 */
// A misspelt tolerance or limit would leave the check off without a word.
@ConfigurationProperties(prefix = "hookseal", ignoreUnknownFields = false)
record HooksealProperties(
        @DefaultValue("10s") Duration bodyTimeout,
        @Nullable DataSize bodyBudget,
        @DefaultValue Map<String, Endpoint> endpoints,
        @DefaultValue Store store,
        @DefaultValue Rejected rejected) {

    BodyProperties bodyProperties() {
        return new BodyProperties(bodyTimeout, bodyBudget == null ? null : bodyBudget.toBytes());
    }

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
     * @param maxBodySize Largest body that is read. The provider's default unless set: 1MB for FormFlow, 4MB for
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
            // The type of this and of the secrets' values is Object: a text is not taken apart at its commas, and what
            // YAML took for a number is still one, so that core can warn.
            @Nullable Object secret,
            @DefaultValue Map<String, Object> secrets,
            @Nullable DataSize maxBodySize,
            @Nullable Duration tolerance,
            @Nullable Duration replayWindow,
            @Nullable Duration repeatWindow,
            @Nullable Duration lease) {

        EndpointProperties values() {
            return new EndpointProperties(
                    provider,
                    // Boot gives the content of a mounted file as a CharSequence of its own.
                    secret instanceof CharSequence text ? text.toString() : secret,
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
     * @param maxDeliveries How many handled deliveries the store in memory remembers at most.
     */
    record Store(
            @DefaultValue("" + InMemoryDeliveryStore.DEFAULT_MAX_DELIVERIES)
            int maxDeliveries) {}

    /**
     * Rejected deliveries, kept for the command "hookseal explain".
     *
     * @param keep Directory in which rejected deliveries are kept, for finding a cause. None are kept unless set.
     * @param maxDeliveries How many rejected deliveries are kept at most.
     * @param maxSize How large all that is kept may be.
     */
    record Rejected(
            @Nullable String keep,

            @DefaultValue("" + RejectedDeliveryFiles.DEFAULT_MAX_DELIVERIES)
            int maxDeliveries,

            @DefaultValue("64MB") DataSize maxSize) {

        /** Keeps them as they arrive; nothing unless a directory is set. */
        Optional<DeliveryObserver> observer() {
            return keep == null || keep.isBlank()
                    ? Optional.empty()
                    : Optional.of(new RejectedDeliveryFiles(Path.of(keep), maxDeliveries, maxSize.toBytes()));
        }
    }
}
