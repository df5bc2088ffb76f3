package dev.hookseal.cli;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.testkit.SignedDelivery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        versionProvider = Hookseal.Version.class,
        description =
                "Signs a body as the provider does, and prints the headers, one a line, as curl -H @- takes them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "    hookseal sign body.json --provider formflow --secret-env FF_SECRET",
            "  Sent by curl:",
            "    hookseal sign body.json --provider extracta --secret-env EX_SECRET \\",
            "        | curl -H @- --data-binary @body.json \\",
            "        http://localhost:8080/webhooks/extracta"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Signed", "2:Wrong arguments", "3:No such file"})
final class SignCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "BODY", description = "The file with the body, byte for byte as it is to be sent.")
    private Path body = Path.of("");

    @Option(
            names = "--provider",
            required = true,
            paramLabel = "PROVIDER",
            converter = KitConverter.class,
            completionCandidates = KitConverter.class,
            description = "${COMPLETION-CANDIDATES}.")
    private @Nullable ProviderKit provider;

    @Mixin
    private SettingOptions settings = new SettingOptions();

    @Mixin
    private UnsignedOptions unsigned = new UnsignedOptions();

    @Mixin
    private SecretOptions secrets = new SecretOptions();

    @Override
    public Integer call() throws IOException {
        ProviderKit kit = settings.applyTo(Objects.requireNonNull(provider));
        unsigned.checkFor(kit);
        SignedDelivery delivery = secrets.sign(kit, unsigned.of(InputFile.bytes(body)));
        new Headers(delivery.headers()).lines().forEach(spec.commandLine().getOut()::println);
        return Hookseal.YES;
    }
}
