package dev.hookseal.cli;

import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.SignedDelivery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    @Option(names = "--provider", required = true, paramLabel = "PROVIDER", description = "${COMPLETION-CANDIDATES}.")
    private Provider provider = Provider.FORMFLOW;

    @Mixin
    private SecretOptions secrets = new SecretOptions();

    @Override
    public Integer call() throws IOException {
        SignedDelivery delivery = sign(provider, InputFile.bytes(body), secrets.source(), spec);
        new Headers(delivery.headers()).lines().forEach(spec.commandLine().getOut()::println);
        return Hookseal.YES;
    }

    /** With the newest secret for the body's event. */
    static SignedDelivery sign(Provider provider, byte[] body, SecretSource source, CommandSpec spec) {
        List<SigningSecret> newestFirst =
                source.secretsFor(source.differsByEventType() ? FormFlowBody.eventType(body) : "");
        if (newestFirst.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "No secret was given for this body's event, or the body names none");
        }
        return provider.sign(body, newestFirst.get(0));
    }
}
