package dev.hookseal.cli;

import dev.hookseal.testkit.explain.Cause;
import dev.hookseal.testkit.explain.Explanation;
import dev.hookseal.testkit.explain.SignatureExplainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Hookseal.Version.class,
        description = {
            "Says why a signature does not match.",
            "It tries what goes wrong in practice, with the secret, with the signature's spelling, and with the body on"
                    + " its way, and names the one thing that, once undone, makes the signature match. It shows neither"
                    + " a secret nor the signature that would be right."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  A delivery that hookseal listen has kept:",
            "    hookseal explain deliveries/0001.body --secret-env FF_SECRET",
            "  A body and a header from a log:",
            "    hookseal explain body.json -H 'X-Webhook-Signature: 73e432...' \\",
            "        --provider formflow --secret-env FF_SECRET \\",
            "        --at 2023-10-28T12:00:00Z",
            "  With the secrets of two subscriptions:",
            "    hookseal explain deliveries/0001.body \\",
            "        --secret-env extracted=FF_EXTRACTED --secret-env export=FF_EXPORT"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Genuine", "1:A cause was found, or none that fits", "2:Wrong arguments", "3:No such file"})
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DeliveryOptions options = new DeliveryOptions();

    @Override
    public Integer call() throws IOException {
        DeliveryFile delivery = options.read();
        SignatureExplainer explainer =
                SignatureExplainer.of(options.provider(delivery).toString()).withClock(options.clock(delivery));
        Duration tolerance = options.tolerance();
        if (tolerance != null) {
            explainer = explainer.withTolerance(tolerance);
        }
        Duration replayWindow = options.replayWindow();
        if (replayWindow != null) {
            explainer = explainer.withReplayWindow(replayWindow);
        }
        Explanation explanation =
                options.secrets().givenTo(explainer).explain(delivery.headers().values(), delivery.body());
        print(explanation);
        return explanation.isGenuine() ? Hookseal.YES : Hookseal.NO;
    }

    private void print(Explanation explanation) {
        PrintWriter out = spec.commandLine().getOut();
        Colours colours = Colours.of(spec.commandLine());
        String text = explanation.toString();
        if (explanation.isGenuine()) {
            out.println(colours.green(text));
            return;
        }
        // the cause's name stands first
        String name = explanation.cause().map(Cause::label).orElse("No cause found");
        out.println(colours.red(name) + text.substring(name.length()));
    }
}
