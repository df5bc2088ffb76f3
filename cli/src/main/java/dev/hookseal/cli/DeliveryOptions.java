package dev.hookseal.cli;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.request.WebhookRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A delivery that is to be looked at, and how a receiver would. */
final class DeliveryOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "BODY",
            description = "The file with the body, byte for byte as it came. Beside NAME.body, which listen keeps, the"
                    + " headers are read from NAME.headers.")
    private Path body = Path.of("");

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "A header that came with it. May be repeated.")
    private List<String> headerLines = new ArrayList<>();

    @Option(names = "--headers", paramLabel = "FILE", description = "A file of header lines.")
    private @Nullable Path headersFile;

    @Option(
            names = "--provider",
            paramLabel = "PROVIDER",
            converter = KitConverter.class,
            completionCandidates = KitConverter.class,
            description = "${COMPLETION-CANDIDATES}. A kept delivery says whose it is.")
    private @Nullable ProviderKit provider;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "As of this time, such as 2023-10-28T12:00:00Z. A kept delivery is looked at as of when it"
                    + " came, any other as of now.")
    private @Nullable Instant at;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            defaultValue = "POST",
            description = "The method of the request, if the provider signs that; ${DEFAULT-VALUE} unless given.")
    private String method = "POST";

    @Option(
            names = "--query",
            paramLabel = "QUERY",
            description =
                    "The query of the request as it came, without the question mark, if the provider signs the URL.")
    private @Nullable String query;

    @Mixin
    private SettingOptions settings = new SettingOptions();

    @Mixin
    private SecretOptions secrets = new SecretOptions();

    SecretOptions secrets() {
        return secrets;
    }

    DeliveryFile read() throws IOException {
        DeliveryFile delivery = DeliveryFile.read(body);
        if (headersFile != null) {
            delivery = delivery.with(Headers.read(headersFile));
        }
        return delivery.with(Headers.of(headerLines));
    }

    /** Returns the provider that was given, or that a kept delivery names. */
    Optional<ProviderKit> namedProvider(DeliveryFile delivery) {
        return provider == null ? delivery.provider() : Optional.of(provider);
    }

    ProviderKit provider(DeliveryFile delivery) {
        return namedProvider(delivery)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "Whose delivery is it? Give --provider, " + delivery.whose()));
    }

    WebhookRequest request(DeliveryFile delivery) {
        return WebhookRequest.of(
                method.toUpperCase(Locale.ROOT), query, delivery.headers().values(), delivery.body());
    }

    Clock clock(DeliveryFile delivery) {
        Instant time = at != null ? at : delivery.received().orElse(null);
        return time == null ? Clock.systemUTC() : Clock.fixed(time, ZoneOffset.UTC);
    }

    SettingOptions settings() {
        return settings;
    }
}
