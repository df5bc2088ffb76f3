package dev.hookseal.cli;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What some providers send outside of the body, to be signed with it. */
final class UnsignedOptions {
    @Option(
            names = "--event-name",
            paramLabel = "NAME",
            description = "The event's name, for a provider that sends it outside of the body.")
    private String eventName = "";

    @Option(
            names = "--id",
            paramLabel = "ID",
            description =
                    "The delivery's id, for a provider that sends it outside of the body. A new one unless given.")
    private @Nullable String id;

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = UriConverter.class,
            description = "The URL that is registered with the provider, if it signs that.")
    private @Nullable URI url;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /**
     * Checks that what was given is sent.
     *
     * @throws ParameterException if the provider sends no event name outside of the body, and one was given
     */
    void checkFor(ProviderKit kit) {
        // the user's own body may be one that cannot be signed, which is another matter
        byte[] sample = kit.samples().get(0).body().getBytes(StandardCharsets.UTF_8);
        if (!eventName.isEmpty() && !EventNaming.isSentOutsideOfTheBody(kit, of(sample), eventName)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--event-name has no effect: " + Kits.nameOf(kit)
                            + " does not send the event's name outside of the body. Leave the option out, and set the"
                            + " name in the body");
        }
    }

    /** Returns the registered URL, which is the one that is called unless it was given. */
    URI url(URI called) {
        return url == null ? called : url;
    }

    UnsignedDelivery of(byte[] body) {
        return of(body, URI.create("http://localhost:8080/"));
    }

    UnsignedDelivery of(byte[] body, URI called) {
        return new UnsignedDelivery(
                "POST",
                url(called).toString(),
                eventName,
                id == null ? UUID.randomUUID().toString() : id,
                Instant.now(),
                body);
    }
}
