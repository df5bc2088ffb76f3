package dev.hookseal.examples.quickstart;

import dev.hookseal.extracta.ExtractaEventType;
import dev.hookseal.formflow.FormFlowEventType;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.JsonStyle;
import dev.hookseal.testkit.formflow.FakeFormFlowEvent;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The deliveries that the quickstart sends. Secrets are those of the vectors, which are signed with them. */
final class Steps {
    /** The maximum age of a FormFlow event: the provider's examples are from 2023. */
    static final Duration REPLAY_WINDOW = Duration.ofDays(3650);

    private static final String EXTRACTA = "extracta";
    private static final String FORMFLOW = "formflow";
    private static final String EXTRACTA_SECRET = "E_AI_K_7f3a9c52e1d84b06";

    private final List<Step> steps = new ArrayList<>();

    private Steps() {}

    /** Returns the environment that the example takes its secrets from. */
    static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("EXTRACTA_SECRET", EXTRACTA_SECRET);
        environment.put("FORMFLOW_REPLAY_WINDOW", REPLAY_WINDOW.toString());
        formFlowTypes()
                .forEach(type -> environment.put(
                        "FORMFLOW_SECRET_"
                                + type.wireName().toUpperCase(Locale.ROOT).replace('-', '_'),
                        formFlowSecret(type)));
        return environment;
    }

    static List<Step> all() {
        Steps steps = new Steps();
        steps.documentedEvents();
        steps.otherWriters();
        steps.repeats();
        steps.forgeries();
        steps.garbage();
        return steps.steps;
    }

    private void documentedEvents() {
        for (ExtractaEventType type : ExtractaEventType.values()) {
            if (type != ExtractaEventType.UNKNOWN) {
                String name = type.wireName();
                nodeStep(name + ", as the page shows it", EXTRACTA, "documented-" + name.replace('.', '-'), name);
            }
        }
        formFlowTypes().forEach(type -> {
            String name = type.wireName();
            nodeStep(name + ", as the page shows it", FORMFLOW, "own-secret-of-" + name, name);
        });
    }

    private void otherWriters() {
        String processed = ExtractaEventType.EXTRACTION_PROCESSED.wireName();
        nodeStep("written by JavaScript, non-ASCII", EXTRACTA, "as-javascript-writes-it", processed);
        nodeStep("pretty-printed on the way", EXTRACTA, "pretty-printed", processed);
        nodeStep("non-ASCII escaped on the way", EXTRACTA, "escaped-non-ascii", processed);
        nodeStep("members with names that are numbers", EXTRACTA, "integer-like-names", processed);
        nodeStep("numbers that JavaScript rounds", EXTRACTA, "numbers-beyond-a-double", processed);
        nodeStep("half of a surrogate pair", EXTRACTA, "lone-surrogate-as-javascript-writes-it", processed);
        nodeStep(
                "an event that is not documented yet",
                EXTRACTA,
                "classification-processed-as-an-object",
                "classification.processed");
        send(
                "several files in one delivery",
                EXTRACTA,
                ExtractaEvents.processed()
                        .withFiles(ExtractaEvents.files(3))
                        .writtenAs(JsonStyle.SLASHES_ESCAPED)
                        .signedWith(EXTRACTA_SECRET),
                Expected.handled(processed));
        send(
                "the event's name changed (it is not signed!)",
                EXTRACTA,
                ExtractaEvents.processed()
                        .signedWith(EXTRACTA_SECRET)
                        .withBody(ExtractaEvents.confirmed().body()),
                Expected.handled(ExtractaEventType.EXTRACTION_CONFIRMED.wireName()));
        send(
                "white space around, CRLF",
                FORMFLOW,
                SignedDelivery.of(
                        "formflow",
                        ("\r\n " + new String(fresh("crlf").body(), StandardCharsets.UTF_8) + "\r\n")
                                .getBytes(StandardCharsets.UTF_8),
                        SigningSecret.ofUtf8(formFlowSecret(FormFlowEventType.EXTRACTED))),
                Expected.handled("extracted"));
        send(
                "identifiers of the API reference",
                FORMFLOW,
                fresh("reference")
                        .withSubmissionId("sub_789012")
                        .withTemplateId("tpl_345678")
                        .signedWith(formFlowSecrets()),
                Expected.handled("extracted"));
    }

    private void repeats() {
        SignedDelivery delivery = fresh("repeated").signedWith(formFlowSecrets());
        send("new", FORMFLOW, delivery, Expected.handled("extracted"));
        send("the same again", FORMFLOW, delivery, Expected.notCalled(200));
        SignedDelivery again = ExtractaEvents.edited().signedWith(EXTRACTA_SECRET);
        send("the same again (it has no id)", EXTRACTA, again, Expected.handled("extraction.edited"));
    }

    private void forgeries() {
        SignedDelivery formFlow = fresh("forged").signedWith(formFlowSecrets());
        SignedDelivery extracta = ExtractaEvents.confirmed().signedWith(EXTRACTA_SECRET);
        for (Forgery forgery : Forgery.values()) {
            if (forgery.appliesTo(formFlow)) {
                int status = forgery == Forgery.OVERSIZED ? 413 : 401;
                send(forgery.label(), FORMFLOW, formFlow.forged(forgery), Expected.notCalled(status));
            }
            if (forgery.appliesTo(extracta)) {
                int status = switch (forgery) {
                    case OVERSIZED -> 413;
                    // half of a JSON text is not JSON, so there is no result whose signature could be checked
                    case TRUNCATED -> 400;
                    default -> 401;
                };
                send(forgery.label(), EXTRACTA, extracta.forged(forgery), Expected.notCalled(status));
            }
        }
        send(
                "older than the replay window by a day",
                FORMFLOW,
                fresh("old")
                        .withTimestamp(Instant.now().minus(REPLAY_WINDOW).minus(Duration.ofDays(1)))
                        .signedWith(formFlowSecrets()),
                Expected.notCalled(401));
        send(
                "an event that has no secret",
                FORMFLOW,
                fresh("unknown").withEventType("archived").signedWith(formFlowSecret(FormFlowEventType.EXTRACTED)),
                Expected.notCalled(401));
        send("after all of these, the genuine one", FORMFLOW, formFlow, Expected.handled("extracted"));
    }

    private void garbage() {
        SigningSecret secret = SigningSecret.ofUtf8(formFlowSecret(FormFlowEventType.EXTRACTED));
        send(
                "no event id, valid signature",
                FORMFLOW,
                fresh("no-id").without("eventId").signedWith(secret),
                Expected.notCalled(400));
        send(
                "not JSON, valid signature",
                FORMFLOW,
                SignedDelivery.of("formflow", "hello".getBytes(StandardCharsets.UTF_8), secret),
                Expected.notCalled(400));
        send(
                "a result that is not a list, with a valid signature",
                EXTRACTA,
                ExtractaEvents.processed().withWholeResultJson("{}").signedWith(EXTRACTA_SECRET),
                Expected.handled("extraction.processed"));
        for (String provider : List.of(EXTRACTA, FORMFLOW)) {
            steps.add(new Step(
                    provider + ": GET",
                    path(provider),
                    uri -> HttpRequest.newBuilder(uri).GET().build(),
                    Expected.notCalled(405)));
        }
    }

    private static FakeFormFlowEvent fresh(String seed) {
        return FormFlowEvents.extracted().identifiedBy(seed);
    }

    private static Stream<FormFlowEventType> formFlowTypes() {
        return Stream.of(FormFlowEventType.values()).filter(type -> type != FormFlowEventType.UNKNOWN);
    }

    private static String formFlowSecret(FormFlowEventType type) {
        return "whsec-of-" + type.wireName();
    }

    private static SecretSource formFlowSecrets() {
        Map<String, List<SigningSecret>> secrets = new LinkedHashMap<>();
        formFlowTypes()
                .forEach(type -> secrets.put(type.wireName(), List.of(SigningSecret.ofUtf8(formFlowSecret(type)))));
        return SecretSource.byEventType(secrets);
    }

    private void nodeStep(String what, String provider, String vector, String event) {
        NodeDelivery delivery = NodeDelivery.named(provider, vector);
        steps.add(new Step(provider + ": " + what, path(provider), delivery::request, Expected.handled(event)));
    }

    private void send(String what, String provider, SignedDelivery delivery, Expected expected) {
        steps.add(new Step(provider + ": " + what, path(provider), uri -> delivery.toHttpRequest(uri), expected));
    }

    private static String path(String provider) {
        return "/webhooks/" + provider;
    }
}
