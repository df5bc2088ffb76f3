package dev.hookseal.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.signature.SigningSecret;
import java.io.IOException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * 500 KB from Extracta, 1,000 files, written as JavaScript writes JSON: from request to typed event, beside Jackson's
 * tree of the same bytes and the HMAC of the result's, which finds neither the result's bytes nor types anything.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before all else
public class ExtractaAsSentBenchmark {
    private static final int FILES = 1000;

    private final ObjectMapper jackson = new ObjectMapper();
    private ExtractaBody sent;
    private Mac mac;
    private WebhookRequest request;
    private WebhookVerifier<ExtractaEvent> verifier;

    @Setup
    public void sign() throws Exception {
        sent = ExtractaBody.asJavaScriptWrites(FILES);
        mac = Hmac.ready("extracta-secret");
        request = Requests.post(
                sent.body(),
                ExtractaProvider.SIGNATURE_HEADER,
                Base64.getEncoder().encodeToString(mac.doFinal(sent.signed())));
        verifier = WebhookVerifier.of(
                new ExtractaProvider(),
                EndpointSettings.builder("extracta")
                        .secret(SigningSecret.ofUtf8("E_AI_K_extracta-secret"))
                        .build());
        VerifiedWebhook<ExtractaEvent> webhook = hookseal();
        Requests.check(webhook.signedForm() == SignedForm.RAW, "signed as it stands");
        Requests.check(webhook.event().files().size() == FILES, "all files");
        Requests.check(Math.abs(sent.body().length - 500_000) < 25_000, "500 KB but " + sent.body().length);
    }

    @Benchmark
    public byte[] bareHmac() {
        return mac.doFinal(sent.signed());
    }

    @Benchmark
    public VerifiedWebhook<ExtractaEvent> hookseal() throws WebhookRejectedException {
        return verifier.verify(request);
    }

    @Benchmark
    public JsonNode jacksonTree(Blackhole blackhole) throws IOException {
        blackhole.consume(mac.doFinal(sent.signed()));
        return jackson.readTree(sent.body());
    }
}
