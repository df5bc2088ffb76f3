package dev.hookseal.benchmarks;

import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a body costs that nobody signed and that has to be read and rewritten before it can be rejected: 4 MB for
 * Extracta, with a well-formed signature that does not match.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before all else
public class UnsignedBodyBenchmark {
    static final int BYTES = 4 * 1024 * 1024;
    static final String WRONG = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    /** A {@link HostileBody}, or {@code seed-} and the seed of a mixture. */
    @Param("TEXTS")
    public String body;

    private byte[] bytes;
    private Mac mac;
    private WebhookRequest request;
    private WebhookVerifier<ExtractaEvent> verifier;

    @Setup
    public void make() throws Exception {
        bytes = body.startsWith("seed-")
                ? HostileBody.mixed(Long.parseLong(body.substring(5)), BYTES)
                : HostileBody.valueOf(body).ofSize(BYTES);
        mac = Hmac.ready("extracta-secret");
        request = Requests.post(bytes, ExtractaProvider.SIGNATURE_HEADER, WRONG);
        verifier = verifier();
        Requests.check(hookseal() == RejectionReason.SIGNATURE_MISMATCH, "a mismatch for " + body);
    }

    static WebhookVerifier<ExtractaEvent> verifier() {
        return WebhookVerifier.of(
                new ExtractaProvider(),
                EndpointSettings.builder("extracta")
                        .secret(SigningSecret.ofUtf8("E_AI_K_extracta-secret"))
                        .build());
    }

    @Benchmark
    public byte[] bareHmac() {
        return mac.doFinal(bytes);
    }

    @Benchmark
    public RejectionReason hookseal() {
        return rejection(verifier, request);
    }

    static RejectionReason rejection(WebhookVerifier<?> verifier, WebhookRequest request) {
        try {
            verifier.verify(request);
        } catch (WebhookRejectedException e) {
            return e.reason();
        }
        throw new AssertionError("a body was taken for genuine that nobody signed");
    }
}
