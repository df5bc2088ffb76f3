package dev.hookseal.cli;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.diagnostics.Explanation;
import dev.hookseal.diagnostics.RecognisedProvider;
import dev.hookseal.diagnostics.SignatureExplainer;
import dev.hookseal.provider.ProviderKit;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Hookseal.Version.class,
        description = {
            "Says why a signature does not match.",
            "Without --provider it recognises by the headers whose delivery it is, and says so.",
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
            "        --secret-env extracted=FF_EXTRACTED --secret-env export=FF_EXPORT",
            "  Was it the secret of the test mode, or the URL of staging?",
            "    hookseal explain deliveries/0001.body --secret-env LIVE_SECRET \\",
            "        --other-secret-env test=TEST_SECRET \\",
            "        --other-url https://staging.example.com/hooks"
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

    @Mixin
    private AlternativeOptions alternatives = new AlternativeOptions();

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
        Explanation explanation = explanation(delivery, out);
        if (explanation.isGenuine()) {
            out.println(Colours.of(spec.commandLine()).green(explanation.toString()));
            if (notes.rejection().isPresent()) {
                out.println("So the endpoint has another secret, or other settings, than those given here.");
            }
            return Hookseal.YES;
        }
        print(Failures.ofOptions(explanation.toString()));
        return explanation.cause().isPresent() ? Hookseal.NO : Hookseal.NONE_FOUND;
    }

    private Explanation explanation(DeliveryFile delivery, PrintWriter out) throws IOException {
        Optional<ProviderKit> named = options.namedProvider(delivery);
        if (named.isPresent()) {
            return explainedAs(Kits.nameOf(named.get()), delivery);
        }
        Recognition recognition = recognised(delivery);
        out.println(recognition.sentence());
        return recognition.explanation();
    }

    private Recognition recognised(DeliveryFile delivery) throws IOException {
        List<RecognisedProvider> all =
                SignatureExplainer.recognise(delivery.headers().values());
        if (all.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Whose delivery is it? None of its headers is one by which a provider on the class path signs. Give"
                            + " --provider, " + delivery.whose());
        }
        RecognisedProvider first = all.get(0);
        List<RecognisedProvider> signers = all.stream()
                .filter(one -> one.fit() != RecognisedProvider.Fit.OTHER_HEADERS)
                .toList();
        List<RecognisedProvider> equals =
                all.stream().filter(one -> one.fit() == first.fit()).toList();
        if (equals.size() == 1) {
            return new Recognition(first, explainedAs(first.name(), delivery), without(first, signers), "");
        }
        return decided(delivery, equals, signers);
    }

    /** Of several whose headers fit alike, that one is taken of which most can be said. */
    private Recognition decided(
            DeliveryFile delivery, List<RecognisedProvider> equals, List<RecognisedProvider> signers)
            throws IOException {
        Recognition best = null;
        WebhookConfigurationException impossible = null;
        for (RecognisedProvider one : equals) {
            try {
                Explanation explanation = explainedAs(one.name(), delivery);
                List<RecognisedProvider> others = without(one, signers);
                if (explanation.isGenuine()) {
                    return new Recognition(one, explanation, others, "its signature is valid as one of that provider");
                }
                boolean isBetter = best == null
                        || (best.explanation().cause().isEmpty()
                                && explanation.cause().isPresent());
                if (isBetter) {
                    String why = explanation.cause().isPresent()
                            ? "a cause was found for it"
                            : "it is the first by name, and no cause was found for any";
                    best = new Recognition(one, explanation, others, why);
                }
            } catch (WebhookConfigurationException e) {
                // it needs a setting, or a secret of another form
                impossible = e;
            }
        }
        if (best == null) {
            throw Objects.requireNonNull(impossible);
        }
        return best;
    }

    private static List<RecognisedProvider> without(RecognisedProvider one, List<RecognisedProvider> all) {
        return all.stream().filter(other -> !other.equals(one)).toList();
    }

    private Explanation explainedAs(String provider, DeliveryFile delivery) throws IOException {
        SignatureExplainer explainer = SignatureExplainer.of(provider).withClock(options.clock(delivery));
        if (delivery.isIncomplete()) {
            return explainer.explainWithoutBody(delivery.headers().values());
        }
        return alternatives
                .givenTo(options.settings().givenTo(options.secrets().givenTo(explainer)))
                .explain(options.request(delivery));
    }

    /** The cause's name, up to the colon, is shown in another way. */
    private void print(String text) {
        int colon = text.indexOf(':');
        spec.commandLine()
                .getOut()
                .println(Colours.of(spec.commandLine()).red(text.substring(0, colon)) + text.substring(colon));
    }
}
