package dev.hookseal.examples.spring;

import static dev.hookseal.testkit.spring.WebhookRequestPostProcessors.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.hookseal.inbox.jdbc.InboxOperations;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** The listener beside the controllers, on both databases. */
class SubmissionArchiveTest {

    @SpringBootTest(
            properties = {
                "EXTRACTA_SECRET=E_AI_K_a-secret-of-the-tests",
                "hookseal.endpoints.formflow.secrets.extracted=extracted-secret",
                "hookseal.endpoints.formflow.secrets.export=s",
                "hookseal.endpoints.formflow.secrets.validation-success=s",
                "hookseal.endpoints.formflow.secrets.error-export=s",
                "hookseal.endpoints.formflow.secrets.error-processing=s",
                "hookseal.endpoints.formflow.secrets.error-pre-processing=s",
            })
    @AutoConfigureMockMvc
    abstract static class Rules {
        private static final Duration PATIENCE = Duration.ofSeconds(30);

        @Autowired
        private MockMvc mockMvc;

        @Autowired
        private JdbcTemplate jdbc;

        @Autowired
        private InboxOperations inbox;

        @Test
        void archivesASubmissionOnceAfterTheAnswer() throws Exception {
            String id = UUID.randomUUID().toString();
            SignedDelivery delivery = FormFlowEvents.extracted()
                    .identifiedBy(id)
                    .withSubmissionId(id)
                    .signedWith("extracted-secret");

            mockMvc.perform(post("/webhooks/archive").with(delivery(delivery))).andExpect(status().isAccepted());
            awaitArchived(id);
            mockMvc.perform(post("/webhooks/archive").with(delivery(delivery))).andExpect(status().isOk());

            assertThat(archived(id)).isOne();
            assertThat(inbox.counts()).isEmpty();
        }

        private void awaitArchived(String id) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (archived(id) == 0) {
                assertThat(System.nanoTime()).as("time").isLessThan(deadline);
                Thread.onSpinWait();
            }
        }

        private int archived(String id) {
            Integer rows =
                    jdbc.queryForObject("select count(*) from submission where submission_id = ?", Integer.class, id);
            return rows == null ? 0 : rows;
        }
    }

    @Nested
    class OnH2 extends Rules {}

    @Nested
    @ActiveProfiles("postgresql")
    class OnPostgreSql extends Rules {
        private static EmbeddedPostgres postgres;

        @BeforeAll
        static void start() throws IOException {
            postgres = EmbeddedPostgres.start();
        }

        @AfterAll
        static void stop() throws IOException {
            postgres.close();
        }

        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            registry.add("POSTGRESQL_URL", () -> postgres.getJdbcUrl("postgres", "postgres"));
        }
    }
}
