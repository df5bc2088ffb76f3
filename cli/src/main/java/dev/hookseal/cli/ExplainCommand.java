package dev.hookseal.cli;

import dev.hookseal.diagnostics.Explanation;
import dev.hookseal.diagnostics.SignatureExplainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
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
        exitCodeList = {
            "0:Genuine",
            "1:A cause was found",
            "2:Wrong arguments",
            "3:A file cannot be read",
            "4:No cause was found"
        })
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DeliveryOptions options = new DeliveryOptions();

    @Override
    public Integer call() throws IOException {
        DeliveryFile delivery = options.read();
        PrintWriter out = spec.commandLine().getOut();
        KeptNotes notes = delivery.notes();
        notes.rejection().ifPresent(out::println);
        Optional<String> evident = notes.evidentCause();
        if (evident.isPresent()) {
            print(evident.get());
            return Hookseal.NO;
        }
        Explanation explanation = explanation(delivery);
        if (explanation.isGenuine()) {
            out.println(Colours.of(spec.commandLine()).green(explanation.toString()));
            if (notes.rejection().isPresent()) {
                out.println("So the endpoint has another secret, or other settings, than those given here.");
            }
            return Hookseal.YES;
        }
        print(explanation.toString());
        return explanation.cause().isPresent() ? Hookseal.NO : Hookseal.NONE_FOUND;
    }

    private Explanation explanation(DeliveryFile delivery) throws IOException {
        SignatureExplainer explainer =
                SignatureExplainer.of(Kits.nameOf(options.provider(delivery))).withClock(options.clock(delivery));
        if (delivery.isIncomplete()) {
            return explainer.explainWithoutBody(delivery.headers().values());
        }
        return options.settings()
                .givenTo(options.secrets().givenTo(explainer))
                .explain(delivery.headers().values(), delivery.body());
    }

    /** The cause's name, up to the colon, is shown in another way. */
    private void print(String text) {
        int colon = text.indexOf(':');
        spec.commandLine()
                .getOut()
                .println(Colours.of(spec.commandLine()).red(text.substring(0, colon)) + text.substring(colon));
    }
}
