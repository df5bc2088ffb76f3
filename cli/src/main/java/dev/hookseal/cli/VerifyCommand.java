package dev.hookseal.cli;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Hookseal.Version.class,
        description = "Verifies a delivery as a receiver does. It is not remembered: a repeat is verified again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "    hookseal verify deliveries/0001.body --secret-env FF_SECRET",
            "    hookseal verify body.json --headers headers.txt \\",
            "        --provider extracta --secret-file secret.txt"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Verified", "1:Rejected", "2:Wrong arguments", "3:No such file"})
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DeliveryOptions options = new DeliveryOptions();

    @Override
    public Integer call() throws IOException {
        DeliveryFile delivery = options.read();
        PrintWriter out = spec.commandLine().getOut();
        Colours colours = Colours.of(spec.commandLine());
        delivery.notes().rejection().ifPresent(out::println);
        if (delivery.isIncomplete()) {
            out.println(colours.red("not verified") + "  the body is not whole");
            return Hookseal.NO;
        }
        WebhookProvider<?> provider = options.provider(delivery).provider();
        EndpointSettings.Builder settings = EndpointSettings.builder(provider.name())
                .secrets(options.secrets().source())
                .clock(options.clock(delivery));
        options.settings().applyTo(settings, provider);
        WebhookRequest request = options.request(delivery);
        try {
            VerifiedWebhook<?> verified =
                    WebhookVerifier.of(provider, settings.build()).verify(request);
            out.println(colours.green("verified") + "  secret " + (verified.matchedSecret() + 1) + ", signed form "
                    + verified.signedForm().tag());
            return Hookseal.YES;
        } catch (WebhookRejectedException e) {
            out.println(colours.red("rejected") + "  " + e.reason().tag() + " ("
                    + e.reason().status() + "); hookseal explain, with the same arguments, says why");
            if (e.detail() != null) {
                out.println(Failures.ofOptions(e.detail()));
            }
            return Hookseal.NO;
        }
    }
}
