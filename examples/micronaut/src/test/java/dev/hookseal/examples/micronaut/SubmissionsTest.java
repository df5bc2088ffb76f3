package dev.hookseal.examples.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.testkit.formflow.FormFlowEvents;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.transaction.TransactionOperations;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The listener, on the database that needs no set-up and on the one of the environment. */
class SubmissionsTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"test", "postgres"})
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void storesASubmissionOnceItsSenderHasBeenAnswered(String environment) throws Exception {
        Map<String, Object> properties = Map.of(
                "PORT", "-1",
                "datasources.default.url", "jdbc:h2:mem:submissions",
                "EXTRACTA_SECRET", "extracta-secret",
                "FORMFLOW_SECRET_EXTRACTED", "extracted-secret",
                "FORMFLOW_SECRET_EXPORT", "export-secret",
                "FORMFLOW_SECRET_VALIDATION_SUCCESS", "validation-success-secret",
                "FORMFLOW_SECRET_ERROR_EXPORT", "error-export-secret",
                "FORMFLOW_SECRET_ERROR_PROCESSING", "error-processing-secret",
                "FORMFLOW_SECRET_ERROR_PRE_PROCESSING", "error-pre-processing-secret");
        try (EmbeddedServer server = ApplicationContext.run(EmbeddedServer.class, properties, environment)) {
            assertThat(send(server)).isEqualTo(202);
            assertThat(send(server)).isEqualTo(200);

            while (handled(server) == 0) {
                Thread.onSpinWait();
            }
            assertThat(count(server, "submission")).isEqualTo(1);
        }
    }

    private static int send(EmbeddedServer server) throws Exception {
        var delivery = FormFlowEvents.extracted().identifiedBy("stored").signedWith("extracted-secret");
        return CLIENT.send(
                        delivery.toHttpRequest(server.getURI().resolve("/webhooks/submissions")),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static int handled(EmbeddedServer server) {
        return count(server, "hookseal_inbox where inbox_status = 2");
    }

    @SuppressWarnings("unchecked")
    private static int count(EmbeddedServer server, String from) {
        TransactionOperations<Connection> transactions =
                server.getApplicationContext().getBean(TransactionOperations.class);
        return transactions.executeRead(transaction -> {
            try (var statement = transaction.getConnection().createStatement();
                    ResultSet rows = statement.executeQuery("select count(*) from " + from)) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }
}
