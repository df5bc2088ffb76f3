package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.CapturedLog;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/micronaut.md shows works. */
class HandlerOfThePageTest {

    @ParameterizedTest
    @CsvSource({
        "extracted, Submission sub_789012 is extracted",
        "export, Submission sub_789012 is exported",
        "archived, Nothing to do for archived",
    })
    void tellsItsEventsApart(String event, String line) throws Exception {
        CapturedLog log = CapturedLog.ofHookseal();
        try (Server server = Server.start("page")) {
            Delivery delivery = Delivery.of("e-1", event, Server.NOW.toString());

            assertThat(server.send("/webhooks/formflow", delivery).statusCode()).isEqualTo(204);
            assertThat(log.text()).contains(line);
        } finally {
            log.close();
        }
    }
}
