package dev.hookseal.observe;

import static dev.hookseal.fixture.Deliveries.FORMFLOW_BODY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.Deliveries;
import dev.hookseal.fixture.Requests;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.internal.LogSafe;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.RejectionReason;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/observability.md lists is what there is. */
class ObservabilityPageTest {
    private static final Path PAGE = Path.of("..", "docs", "observability.md");
    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void listsTheMetersWithTheirTags() throws IOException {
        deliverInEveryWay();

        assertThat(rows("## The metrics"))
                .extracting(cells -> code(cells.get(0)) + " " + cells.get(1) + " " + code(cells.get(2)))
                .containsExactlyInAnyOrderElementsOf(registry.getMeters().stream()
                        .map(ObservabilityPageTest::described)
                        .distinct()
                        .toList());
    }

    @Test
    void givesTheNamesThatPrometheusSees() throws IOException {
        deliverInEveryWay();

        String scraped = registry.scrape();
        assertThat(rows("## The metrics"))
                .hasSize(8)
                .extracting(cells -> code(cells.get(4)))
                .allSatisfy(name -> assertThat(scraped).containsPattern("\n" + name + "(_count)?\\{endpoint="));
    }

    @Test
    void listsEveryOutcome() throws IOException {
        assertThat(rows("### Outcomes"))
                .extracting(cells -> code(cells.get(0)))
                .containsExactlyElementsOf(Arrays.stream(DeliveryOutcome.Kind.values())
                        .map(DeliveryOutcome.Kind::tag)
                        .toList());
    }

    @Test
    void listsEveryReasonWithItsStatus() throws IOException {
        assertThat(rows("### Reasons"))
                .extracting(cells -> code(cells.get(0)) + " " + cells.get(1))
                .containsExactlyElementsOf(Arrays.stream(RejectionReason.values())
                        .map(reason -> reason.tag() + " " + reason.status())
                        .toList());
    }

    @Test
    void tellsTheLimitsOfUnknownEvents() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("After " + MicrometerObserver.MAX_UNKNOWN_EVENTS + " names")
                .contains("cut after " + LogSafe.of("n".repeat(1_000)).length() + " characters");
    }

    @Test
    void showsTheLinesOfTheLogAsTheyAre() throws IOException {
        WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.of(
                new FormFlowProvider(), Deliveries.formFlowSettings().build());
        List<String> written;
        try (CapturedLog log = CapturedLog.of("dev.hookseal.deliveries")) {
            receiver.receive(
                    Requests.post(FormFlowProvider.SIGNATURE_HEADER, "0".repeat(64), FORMFLOW_BODY.getBytes(UTF_8)));
            receiver.receive(Deliveries.formFlow(Deliveries.formFlowBody("extracted", "2020-01-01T00:00:00Z")));
            written = log.messages();
        }

        assertThat(String.join("\n", written) + "\n").isEqualTo(blocks("").get(0));
    }

    private static WebhookReceiver<FormFlowEvent> measured(EndpointSettings settings, MeterRegistry registry) {
        WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.builder(new FormFlowProvider(), settings)
                .observer(new MicrometerObserver(registry))
                .build();
        return receiver;
    }

    private void deliverInEveryWay() {
        WebhookReceiver<FormFlowEvent> receiver =
                measured(Deliveries.formFlowSettings().build(), registry);
        for (String type : List.of("extracted", "archived")) {
            String body = Deliveries.formFlowBody(type, "2023-10-28T12:00:00Z");
            for (int status : new int[] {500, 200, 200}) {
                if (receiver.receive(Deliveries.formFlow(body)) instanceof Decision.Admitted<?> admitted) {
                    admitted.delivery().answered(status);
                }
            }
        }
        receiver.receive(Deliveries.formFlow(FORMFLOW_BODY.replace("\"templateId\":1", "\"templateId\":[]")));
        receiver.receive(Deliveries.formFlow("[]"));
        receiver.receive(Requests.post(List.of(), new byte[0]));
        new MicrometerObserver(registry)
                .observe(new DeliveryOutcome.Handshake("formflow", new FormFlowProvider(), Duration.ZERO));
    }

    private static String described(Meter meter) {
        return meter.getId().getName() + " "
                + meter.getId().getType().name().toLowerCase(Locale.ROOT) + " "
                + meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.joining(" "));
    }

    /** The cells of the table that follows a heading, without its head. */
    private static List<List<String>> rows(String heading) throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("\n" + heading + "\n") + 1 + heading.length());
        return section.lines()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static String code(String cell) {
        return CODE.matcher(cell)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.joining(" "));
    }

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .filter(match -> match.group(1).equals(language))
                .map((MatchResult match) -> match.group(2))
                .toList();
    }
}
