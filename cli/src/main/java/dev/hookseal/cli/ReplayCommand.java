package dev.hookseal.cli;

import dev.hookseal.cli.LoadSender.Answer;
import dev.hookseal.cli.LoadSender.Outgoing;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.testkit.SignedDelivery;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        versionProvider = Hookseal.Version.class,
        description = {
            "Sends deliveries that hookseal listen has kept to a URL, in the order in which they came.",
            "The bodies are sent as they came: an event that is older than the endpoint's replay window is rejected, with"
                    + " any signature."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "    hookseal replay http://localhost:8080/webhooks/formflow \\",
            "        deliveries/0001.body",
            "  All of a folder, signed again with a test's secret:",
            "    hookseal replay http://localhost:8080/webhooks/formflow \\",
            "        deliveries --resign --secret-env TEST_SECRET"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Every answer was 2xx", "1:One was not", "2:Wrong arguments", "3:No such file, or no answer"})
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "DELIVERY",
            description = "Kept deliveries, NAME.body with NAME.headers beside it, or folders of them.")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--resign", description = "Signs them again, with the secret that is given.")
    private boolean resign;

    @Mixin
    private SettingOptions settings = new SettingOptions();

    @Mixin
    private UnsignedOptions unsigned = new UnsignedOptions();

    @Mixin
    private SecretOptions secrets = new SecretOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (secrets.areGiven() && !resign) {
            throw wrong("A secret is for --resign: kept deliveries are sent as they came");
        }
        List<Path> bodies = bodies();
        List<Outgoing> deliveries = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Path body : bodies) {
            DeliveryFile kept = DeliveryFile.readKept(body);
            deliveries.add(outgoing(body, kept));
            names.add(body
                    + kept.notes().rejection().map(line -> "  (" + line + ")").orElse(""));
        }
        List<Answer> answers = target.loadSender(1).send(deliveries.size(), deliveries::get, () -> {});
        PrintWriter out = spec.commandLine().getOut();
        Colours colours = Colours.of(spec.commandLine());
        boolean all = true;
        for (int i = 0; i < answers.size(); i++) {
            int status = answers.get(i).status();
            boolean taken = status >= 200 && status < 300;
            all &= taken;
            String shown = taken ? colours.green(String.valueOf(status)) : colours.red(String.valueOf(status));
            out.printf("%s in %.0f ms  %s%n", shown, answers.get(i).millis(), names.get(i));
        }
        return all ? Hookseal.YES : Hookseal.NO;
    }

    private List<Path> bodies() throws IOException {
        List<Path> bodies = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                bodies.add(path);
                continue;
            }
            try (Stream<Path> files = Files.list(path)) {
                bodies.addAll(files.filter(DeliveryFile::isBody).sorted().toList());
            }
        }
        if (bodies.isEmpty()) {
            throw wrong("There is no kept delivery in this folder: their names end in .body");
        }
        return bodies;
    }

    private Outgoing outgoing(Path body, DeliveryFile kept) throws IOException {
        if (!resign) {
            return new Outgoing(kept.headers(), kept.body());
        }
        ProviderKit provider = kept.provider()
                .orElseThrow(() -> wrong("It is not known whose delivery this is, " + kept.whose() + ": " + body));
        ProviderKit kit = settings.applyTo(provider);
        unsigned.checkFor(kit);
        SignedDelivery signedAgain = secrets.sign(kit, unsigned.of(kept.body(), target.uri()));
        Headers signed = new Headers(signedAgain.headers());
        return new Outgoing(kept.headers().and(signed), kept.body());
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
