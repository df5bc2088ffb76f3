package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.spring.OnceInADatabase.Submission;
import dev.hookseal.spring.OnceInADatabase.Submissions;
import dev.hookseal.spring.app.Delivery;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

    // each context is a process, which remembers nothing of the one before
    @Test
    void anEventIsSavedOnceThoughTheProcessForgets() {
        List<Submission> saved = new CopyOnWriteArrayList<>();
        Submissions submissions = new Submissions() {
            @Override
            public boolean existsByTypeAndEventId(String type, String eventId) {
                return saved.stream()
                        .anyMatch(each ->
                                each.type().equals(type) && each.eventId().equals(eventId));
            }

            @Override
            public void save(Submission submission) {
                saved.add(submission);
            }
        };
        for (int process = 0; process < 2; process++) {
            SpringMvc.with(OnceInADatabase.class)
                    .withBean(Submissions.class, () -> submissions)
                    .run(context -> {
                        for (String event : List.of("extracted", "export")) {
                            assertThat(SpringMvc.mockMvc(context)
                                            .perform(Delivery.formFlow("one id", event, Delivery.FORMFLOW_SECRET)
                                                    .to("/webhooks/formflow"))
                                            .andReturn()
                                            .getResponse()
                                            .getStatus())
                                    .isEqualTo(204);
                        }
                    });
        }
        assertThat(saved).extracting(Submission::type).containsExactly("extracted", "export");
    }

    private static void assertLogs(AssertableWebApplicationContext context, String path, String event, String line)
            throws Exception {
        CapturedLog log = CapturedLog.ofHookseal();
        try {
            assertThat(SpringMvc.mockMvc(context)
                            .perform(Delivery.formFlow("of the page", event, Delivery.FORMFLOW_SECRET)
                                    .to(path))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .isEqualTo(204);
        } finally {
            log.close();
        }
        assertThat(log.text()).contains(line);
    }
}
