package dev.hookseal.cli;

import dev.hookseal.diagnostics.SignatureExplainer;
import dev.hookseal.internal.LogSafe;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.SampleEvent;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.SignedDelivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The secrets, which are read from anywhere and printed nowhere. */
final class SecretOptions {
    private static final String DEFAULT_VARIABLE = "HOOKSEAL_SECRET";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--secret-env",
            paramLabel = "[EVENT=]VARIABLE",
            description = "The environment variable with the secret; " + DEFAULT_VARIABLE + " unless any is given."
                    + " With EVENT= it is for that event alone, if the provider has a secret for each. May be repeated; the newest"
                    + " first.")
    private List<String> variables = new ArrayList<>();

    @Option(
            names = "--secret-file",
            paramLabel = "[EVENT=]FILE",
            description = "The file with the secret; one line break at its end does not count.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--secret",
            paramLabel = "[EVENT=]SECRET",
            description = "The secret itself, which is then in the shell's history: better for tests alone.")
    private List<String> texts = new ArrayList<>();

    private record Given(String event, String origin, SigningSecret secret) {}

    boolean areGiven() {
        return !(variables.isEmpty() && files.isEmpty() && texts.isEmpty());
    }

    SecretSource source() throws IOException {
        List<Given> all = read();
        if (all.stream().allMatch(given -> given.event().isEmpty())) {
            return SecretSource.of(all.stream().map(Given::secret).toArray(SigningSecret[]::new));
        }
        Map<String, List<SigningSecret>> byEvent = new LinkedHashMap<>();
        for (Given given : all) {
            if (given.event().isEmpty()) {
                throw wrong("Some secrets are for one event, and one is for every event: give an event with each"
                        + " of them, or with none");
            }
            byEvent.computeIfAbsent(given.event(), event -> new ArrayList<>()).add(given.secret());
        }
        return SecretSource.byEventType(byEvent);
    }

    SignatureExplainer givenTo(SignatureExplainer explainer) throws IOException {
        SignatureExplainer with = explainer;
        for (Given given : read()) {
            with = given.event().isEmpty()
                    ? with.withSecret(given.secret())
                    : with.withSecret(given.event(), given.secret());
        }
        return with;
    }

    /**
     * Signs a delivery.
     *
     * @throws ParameterException if it cannot be signed; the message names the option with the secret, if that is why
     */
    SignedDelivery sign(ProviderKit kit, UnsignedDelivery delivery) throws IOException {
        try {
            return SignedDelivery.of(kit, delivery, source());
        } catch (IllegalArgumentException e) {
            throw wrong(fault(kit, delivery, String.valueOf(e.getMessage())));
        }
    }

    private String fault(ProviderKit kit, UnsignedDelivery delivery, String message) throws IOException {
        String name = Kits.nameOf(kit);
        SampleEvent sample = kit.samples().get(0);
        UnsignedDelivery other = new UnsignedDelivery(
                delivery.method(),
                delivery.url(),
                sample.name(),
                delivery.id(),
                delivery.time(),
                sample.body().getBytes(StandardCharsets.UTF_8));
        for (Given given : read()) {
            try {
                kit.sign(other, given.secret());
            } catch (IllegalArgumentException e) {
                return given.origin() + " is not a secret that " + name + " signs with: " + e.getMessage();
            }
        }
        return "It cannot be signed as " + name + " does: " + message;
    }

    /** Returns what a file has, but for one line break at its end. */
    static String textOf(Path file) throws IOException {
        return new String(InputFile.bytes(file), StandardCharsets.UTF_8).replaceFirst("\r?\n\\z", "");
    }

    private List<Given> read() throws IOException {
        List<Given> all = new ArrayList<>();
        for (String text : texts) {
            all.add(given(text, "--secret", afterEvent(text)));
        }
        for (String variable : areGiven() ? variables : List.of(DEFAULT_VARIABLE)) {
            String value = environment(afterEvent(variable));
            if (value == null) {
                throw wrong(
                        areGiven()
                                ? "There is no environment variable " + LogSafe.of(afterEvent(variable))
                                : "No secret: give --secret-env or --secret-file, or set " + DEFAULT_VARIABLE);
            }
            all.add(given(variable, (areGiven() ? "--secret-env " : "") + LogSafe.of(afterEvent(variable)), value));
        }
        for (String file : files) {
            all.add(given(file, "--secret-file " + afterEvent(file), textOf(Path.of(afterEvent(file)))));
        }
        return all;
    }

    private Given given(String argument, String origin, String secret) {
        if (secret.isEmpty()) {
            throw wrong("The secret is empty: " + origin);
        }
        return new Given(eventOf(argument), origin, SigningSecret.ofUtf8(secret));
    }

    // Only a documented name counts as one: a secret in base64 has an equals sign, too.
    private static String eventOf(String argument) {
        return Kits.all().stream()
                .flatMap(kit -> Stream.concat(
                        kit.samples().stream().map(SampleEvent::name), kit.provider().eventNames().stream()))
                .filter(event -> argument.startsWith(event + "="))
                .findFirst()
                .orElse("");
    }

    private static String afterEvent(String argument) {
        String event = eventOf(argument);
        return event.isEmpty() ? argument : argument.substring(event.length() + 1);
    }

    private static @Nullable String environment(String variable) {
        return System.getenv(variable);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
