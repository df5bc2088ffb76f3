package dev.hookseal.cli;

import java.net.URI;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where deliveries are sent to. */
final class TargetOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "URL", converter = UriConverter.class, description = "The endpoint's URL.")
    private URI uri = URI.create("");

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "How long to wait for an answer; ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ofSeconds(10);

    URI uri() {
        return uri;
    }

    LoadSender loadSender(int parallel) {
        if (timeout.isZero()) {
            throw new ParameterException(spec.commandLine(), "--timeout is more than nothing");
        }
        return new LoadSender(uri, timeout, parallel);
    }

    void checkPositive(String option, int value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + " is 1 or more; it is " + value);
        }
    }
}
