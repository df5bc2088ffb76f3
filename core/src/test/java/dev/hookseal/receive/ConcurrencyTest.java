package dev.hookseal.receive;

import static dev.hookseal.fixture.Deliveries.EXTRACTA_RESULT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.fixture.Deliveries;
import dev.hookseal.fixture.Requests;
import dev.hookseal.fixture.Signer;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One verifier under many threads, genuine and forged deliveries mixed: no wrong answer. */
@Tag("full")
class ConcurrencyTest {
    private static final int THREADS = 16;
    private static final int FORMFLOW_VERIFICATIONS = 900_000;
    private static final int EXTRACTA_VERIFICATIONS = 100_000;

    @Test
    void decidesRightlyOnSixteenThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, ConcurrencyTest::threadThatMeetsTheOthers);
        try {
            verifyOn(threads, THREADS);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void decidesRightlyOnAThousandVirtualThreads() throws Exception {
        Method factory = virtualThreads();
        assumeTrue(
                factory != null,
                () -> "Java " + Runtime.version().feature() + " has no virtual threads: the verifications on them were"
                        + " left out; the test's run on JDK 25 has them");
        ExecutorService threads = (ExecutorService) factory.invoke(null);
        try {
            verifyOn(threads, 1_000);
        } finally {
            threads.shutdownNow();
        }
    }

    // Ids that are alike in their last bits, so that no two threads are kept apart by a table of a few slots.
    private static Thread threadThatMeetsTheOthers(Runnable work) {
        while (true) {
            Thread thread = new Thread(work);
            if (thread.getId() % 64 == 0) {
                return thread;
            }
        }
    }

    private static Method virtualThreads() {
        try {
            return Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static void verifyOn(ExecutorService threads, int tasks) throws Exception {
        List<Case> formFlow = formFlowCases();
        List<Case> extracta = extractaCases();
        WebhookVerifier<?> formFlowVerifier = WebhookVerifier.of(new FormFlowProvider(), formFlowSettings());
        WebhookVerifier<?> extractaVerifier = WebhookVerifier.of(
                new ExtractaProvider(), Deliveries.extractaSettings().build());
        List<Callable<Integer>> work = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            int start = task;
            work.add(() -> wrongAnswers(formFlowVerifier, formFlow, start, FORMFLOW_VERIFICATIONS / tasks)
                    + wrongAnswers(extractaVerifier, extracta, start, EXTRACTA_VERIFICATIONS / tasks));
        }
        int wrong = 0;
        for (Future<Integer> result : threads.invokeAll(work)) {
            wrong += result.get();
        }
        assertThat(wrong).isZero();
    }

    private static int wrongAnswers(WebhookVerifier<?> verifier, List<Case> cases, int start, int times) {
        int wrong = 0;
        for (int i = 0; i < times; i++) {
            Case one = cases.get((start + i) % cases.size());
            try {
                VerifiedWebhook<?> webhook = verifier.verify(one.request());
                wrong += webhook.matchedSecret() == one.matchedSecret() ? 0 : 1;
            } catch (WebhookRejectedException e) {
                boolean right = one.matchedSecret() == Case.FORGED && e.reason() == RejectionReason.SIGNATURE_MISMATCH;
                wrong += right ? 0 : 1;
            }
        }
        return wrong;
    }

    private record Case(WebhookRequest request, int matchedSecret) {
        static final int FORGED = -1;
    }

    private static final List<String> TYPES =
            List.of("extracted", "export", "validation-success", "error-export", "error-processing");

    private static EndpointSettings formFlowSettings() {
        Map<String, List<SigningSecret>> secrets = new LinkedHashMap<>();
        for (String type : TYPES) {
            secrets.put(type, List.of(SigningSecret.ofUtf8("new-" + type), SigningSecret.ofUtf8("old-" + type)));
        }
        return Deliveries.formFlowSettings()
                .secrets(SecretSource.byEventType(secrets))
                .build();
    }

    private static List<Case> formFlowCases() {
        List<Case> cases = new ArrayList<>();
        for (String type : TYPES) {
            byte[] body =
                    Deliveries.formFlowBody(type, "2023-10-28T12:00:00.000Z").getBytes(UTF_8);
            cases.add(formFlow(body, "new-" + type, 0));
            cases.add(formFlow(body, "stolen-" + type, Case.FORGED));
            cases.add(formFlow(body, "old-" + type, 1));
            cases.add(formFlow(body, "new-" + (type.equals("export") ? "extracted" : "export"), Case.FORGED));
        }
        return cases;
    }

    private static Case formFlow(byte[] body, String secret, int matchedSecret) {
        return new Case(
                Requests.post(FormFlowProvider.SIGNATURE_HEADER, Signer.formFlow(secret, body), body), matchedSecret);
    }

    private static List<Case> extractaCases() {
        String other = "[{\"fileId\":\"other\",\"result\":{\"b\":1,\"a\":[2.5]}}]";
        return List.of(
                extracta(EXTRACTA_RESULT, EXTRACTA_RESULT, 0),
                extracta(EXTRACTA_RESULT, other, Case.FORGED),
                extracta(other, other, 0),
                extracta(other.replace("2.5", "25.0e-1"), other, 0),
                extracta(other.replace("2.5", "25.1e-1"), other, Case.FORGED));
    }

    private static Case extracta(String result, String signed, int matchedSecret) {
        return new Case(
                Deliveries.extracta(Deliveries.extractaBody("extraction.processed", result), signed), matchedSecret);
    }
}
