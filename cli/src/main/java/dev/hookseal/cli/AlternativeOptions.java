package dev.hookseal.cli;

import dev.hookseal.diagnostics.SignatureExplainer;
import dev.hookseal.internal.LogSafe;
import dev.hookseal.signature.SigningSecret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the sender may have used instead of what the endpoint has. */
final class AlternativeOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--other-secret-env",
            paramLabel = "NAME=VARIABLE",
            description =
                    "The environment variable with another secret that the sender may have used, and a name for it:"
                            + " of another endpoint, of the test mode, of a provider's command line. May be repeated.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = "--other-secret-file",
            paramLabel = "NAME=FILE",
            description = "The same from a file; one line break at its end does not count.")
    private Map<String, Path> files = new LinkedHashMap<>();

    @Option(
            names = "--other-url",
            paramLabel = "URL",
            converter = UriConverter.class,
            description = "Another URL that may be registered with the sender, if it signs the URL. May be repeated.")
    private List<URI> urls = new ArrayList<>();

    SignatureExplainer givenTo(SignatureExplainer explainer) throws IOException {
        SignatureExplainer with = explainer;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String value = System.getenv(variable.getValue());
            if (value == null) {
                throw wrong("There is no environment variable " + LogSafe.of(variable.getValue()));
            }
            with = with.withOtherSecret(variable.getKey(), secret(variable.getValue(), value));
        }
        for (Map.Entry<String, Path> file : files.entrySet()) {
            String origin = file.getValue().toString();
            with = with.withOtherSecret(file.getKey(), secret(origin, SecretOptions.textOf(file.getValue())));
        }
        for (URI url : urls) {
            with = with.withOtherUrl(url);
        }
        return with;
    }

    private SigningSecret secret(String origin, String text) {
        if (text.isEmpty()) {
            throw wrong("The secret is empty: " + origin);
        }
        return SigningSecret.ofUtf8(text);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
