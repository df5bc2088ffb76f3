package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.spring.app.Delivery;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;

/** What docs/spring.md shows works. */
class HandlersOfThePageTest {

    @Test
    void aControllerTellsItsEventsApart() {
        SpringMvc.with(FormFlowWebhooks.class).run(context -> {
            assertLogs(context, "/webhooks/formflow", "extracted", "-426614174001 is extracted");
            assertLogs(context, "/webhooks/formflow", "export", "-426614174001 is exported");
            assertLogs(context, "/webhooks/formflow", "archived", "Nothing to do for archived");
        });
    }

    @Test
    void aRouteTakesItsEvents() {
        SpringMvc.with(ExportRoutes.class)
                .run(context -> assertLogs(context, "/webhooks/exports", "export", "-426614174001 is exported"));
    }

    private static void assertLogs(AssertableWebApplicationContext context, String path, String event, String line)
            throws Exception {
        RecordedLog log = RecordedLog.begin();
        try {
            assertThat(SpringMvc.mockMvc(context)
                            .perform(Delivery.formFlow("of the page", event, Delivery.FORMFLOW_SECRET)
                                    .to(path))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .isEqualTo(204);
        } finally {
            log.end();
        }
        assertThat(log.text()).contains(line);
    }
}
