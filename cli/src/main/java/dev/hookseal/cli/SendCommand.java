package dev.hookseal.cli;

import dev.hookseal.cli.LoadSender.Answer;
import dev.hookseal.cli.LoadSender.Outgoing;
import dev.hookseal.internal.LogSafe;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.SampleEvent;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.FakeSampleEvent;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        versionProvider = Hookseal.Version.class,
        description = "Sends a signed event to a URL, once or many times, and says what was answered.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  A genuine event; each run sends a new one:",
            "    hookseal send http://localhost:8080/webhooks/formflow \\",
            "        --event extracted --secret-env FF_SECRET",
            "  A forged one, which is to be rejected:",
            "    hookseal send http://localhost:8080/webhooks/extracta \\",
            "        --event extraction.processed --secret-env EX_SECRET \\",
            "        --forgery tampered-body",
            "  The same delivery twice, as in a redelivery:",
            "    hookseal send http://localhost:8080/webhooks/formflow \\",
            "        --event export --secret-env FF_SECRET --times 2 --same",
            "  Your own body, and load:",
            "    hookseal send http://localhost:8080/webhooks/extracta \\",
            "        --file body.json --provider extracta --secret-env EX_SECRET \\",
            "        --times 10000 --parallel 20"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Every answer was as expected: 2xx, or 4xx with --forgery, or the one of --expect",
            "1:One was not",
            "2:Wrong arguments",
            "3:No such file, or no answer"
        })
final class SendCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TargetOptions target = new TargetOptions();

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Mixin
    private SecretOptions secrets = new SecretOptions();

    @Option(
            names = "--provider",
            paramLabel = "PROVIDER",
            converter = KitConverter.class,
            completionCandidates = KitConverter.class,
            description = "${COMPLETION-CANDIDATES}. The event of a sample says whose it is.")
    private @Nullable ProviderKit provider;

    @Mixin
    private SettingOptions settings = new SettingOptions();

    @Mixin
    private UnsignedOptions unsigned = new UnsignedOptions();

    @Option(
            names = "--forgery",
            paramLabel = "FORGERY",
            converter = ForgeryConverter.class,
            completionCandidates = ForgeryConverter.class,
            description = "Makes the delivery wrong on purpose: ${COMPLETION-CANDIDATES}.")
    private @Nullable Forgery forgery;

    @Option(names = "--times", paramLabel = "N", defaultValue = "1", description = "How many; ${DEFAULT-VALUE}.")
    private int times = 1;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many at a time; ${DEFAULT-VALUE}.")
    private int parallel = 1;

    @Option(
            names = "--same",
            description = "The same delivery each time, as in a redelivery. Unless given, each event has its own id, if"
                    + " the provider sends one.")
    private boolean same;

    @Option(
            names = "--seed",
            paramLabel = "TEXT",
            description = "Makes the ids of the events from this text: the same in each run.")
    private @Nullable String seed;

    @Option(
            names = "--expect",
            paramLabel = "STATUS",
            converter = StatusRange.Converter.class,
            description = "What every answer is to be: a status such as 204, or a range such as 2xx. 2xx unless given,"
                    + " and 4xx with --forgery.")
    private @Nullable StatusRange expected;

    /** A sample, or the user's own body. */
    private static final class What {
        @Option(
                names = "--event",
                paramLabel = "EVENT",
                completionCandidates = EventNames.class,
                description = "A sample: ${COMPLETION-CANDIDATES}; or any other name, with --provider.")
        private @Nullable String event;

        @Option(names = "--file", paramLabel = "BODY", description = "Your own body, which is signed as it is.")
        private @Nullable Path file;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        target.checkPositive("--times", times);
        target.checkPositive("--parallel", parallel);
        IntFunction<SignedDelivery> deliveries = deliveries();
        PrintWriter err = spec.commandLine().getErr();
        Colours colours = Colours.of(spec.commandLine());
        ProgressBar bar = new ProgressBar(err, times, Clock.systemUTC());
        long start = System.nanoTime();
        List<Answer> answers;
        try {
            answers = target.loadSender(parallel)
                    .send(times, number -> outgoing(deliveries.apply(number)), colours.enabled() ? bar : () -> {});
        } finally {
            bar.end();
        }
        boolean asExpected = answers.stream().allMatch(answer -> expected().contains(answer.status()));
        print(answers, asExpected, Duration.ofNanos(System.nanoTime() - start));
        return asExpected ? Hookseal.YES : Hookseal.NO;
    }

    private IntFunction<SignedDelivery> deliveries() throws IOException {
        if (what.file != null) {
            if (provider == null) {
                throw wrong("Whose is the body? Give --provider");
            }
            ProviderKit kit = settings.applyTo(provider);
            unsigned.checkFor(kit);
            SignedDelivery delivery = forged(secrets.sign(kit, unsigned.of(InputFile.bytes(what.file), target.uri())));
            return number -> delivery;
        }
        FakeSampleEvent<?> event = event(String.valueOf(what.event));
        String ids = seed != null ? seed : UUID.randomUUID().toString();
        SignedDelivery first =
                forged(secrets.sign(event.kit(), event.identifiedBy(ids).unsigned()));
        SecretSource source = secrets.source();
        return number -> same || number == 0
                ? first
                : forged(event.identifiedBy(ids + "-" + number).signedWith(source));
    }

    private FakeSampleEvent<?> event(String name) {
        ProviderKit kit = settings.applyTo(kit(name));
        FakeSampleEvent<?> event = Kits.hasSample(kit, name) ? FakeEvent.sample(kit, name) : renamed(kit, name);
        return event.to(unsigned.url(target.uri()));
    }

    private FakeSampleEvent<?> renamed(ProviderKit kit, String name) {
        FakeSampleEvent<?> sample = FakeEvent.samples(kit).get(0);
        if (!EventNaming.isSent(kit, sample.unsigned(), name)) {
            throw wrong("--event " + LogSafe.of(name) + " cannot be sent: the kit of " + Kits.nameOf(kit)
                    + " does not put the name of an event into a delivery. Use --file with a body that has it, or one of "
                    + kit.samples().stream().map(SampleEvent::name).collect(Collectors.joining(", ")));
        }
        return sample.withName(name);
    }

    private ProviderKit kit(String event) {
        List<ProviderKit> having = Kits.withSample(event);
        String names = having.stream().map(Kits::nameOf).collect(Collectors.joining(", "));
        if (provider == null) {
            if (having.isEmpty()) {
                throw wrong("No provider documents this event: give --provider as well, or one of "
                        + String.join(", ", new EventNames()));
            }
            if (having.size() > 1) {
                throw wrong("Several providers document this event: give --provider with one of " + names);
            }
            return having.get(0);
        }
        if (!having.isEmpty() && !Kits.hasSample(provider, event)) {
            throw wrong(event + " is an event of " + names + ", and not of " + Kits.nameOf(provider)
                    + ": leave out --provider, or name another event");
        }
        return provider;
    }

    private SignedDelivery forged(SignedDelivery delivery) {
        return forgery == null ? delivery : delivery.forged(forgery);
    }

    private static Outgoing outgoing(SignedDelivery delivery) {
        return new Outgoing(new Headers(delivery.headers()), delivery.body());
    }

    private StatusRange expected() {
        if (expected != null) {
            return expected;
        }
        return forgery == null ? StatusRange.SUCCESS : StatusRange.CLIENT_ERROR;
    }

    private void print(List<Answer> answers, boolean asExpected, Duration took) {
        PrintWriter out = spec.commandLine().getOut();
        Colours colours = Colours.of(spec.commandLine());
        String verdict =
                asExpected ? colours.green("as expected") : colours.red("not as expected, which is " + expected());
        if (answers.size() == 1) {
            out.printf(
                    "%d in %.0f ms, %s%n",
                    answers.get(0).status(), answers.get(0).millis(), verdict);
            return;
        }
        out.printf("%d deliveries in %.1f s, %s%n", answers.size(), took.toNanos() / 1e9, verdict);
        new Summary(answers).lines().forEach(out::println);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
