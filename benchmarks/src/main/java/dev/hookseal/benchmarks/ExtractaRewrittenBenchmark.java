package dev.hookseal.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.internal.json.EcmaScriptJson;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.signature.SigningSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import org.erdtman.jcs.JsonCanonicalizer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * 500 KB from Extracta, indented, escaped, with numbers such as 1.0: the signed bytes stand nowhere in the body and have
 * to be written. Jackson writes others (1.0 stays), and so does the canonicalization of RFC 8785 (its members are
 * sorted): both do the work and reject what is genuine.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before all else
public class ExtractaRewrittenBenchmark {
    private static final int FILES = 660;

    private final ObjectMapper jackson = new ObjectMapper();
    private ExtractaBody sent;
    private byte[] result;
    private byte[] signature;
    private Mac mac;
    private WebhookRequest request;
    private WebhookVerifier<ExtractaEvent> verifier;

    @Setup
    public void sign() throws Exception {
        sent = ExtractaBody.asAnotherLanguageWrites(FILES);
        mac = Hmac.ready("extracta-secret");
        signature = mac.doFinal(sent.signed());
        request = Requests.post(
                sent.body(),
                ExtractaProvider.SIGNATURE_HEADER,
                Base64.getEncoder().encodeToString(signature));
        verifier = WebhookVerifier.of(
                new ExtractaProvider(),
                EndpointSettings.builder("extracta")
                        .secret(SigningSecret.ofUtf8("E_AI_K_extracta-secret"))
                        .build());
        VerifiedWebhook<ExtractaEvent> webhook = hookseal();
        Requests.check(webhook.signedForm() == SignedForm.ECMASCRIPT, "signed in the ECMAScript form");
        Requests.check(webhook.event().files().size() == FILES, "all files");
        Requests.check(Math.abs(sent.body().length - 500_000) < 25_000, "500 KB but " + sent.body().length);
        result = resultAlone();
        Requests.check(hooksealFormAlone(), "the form that was signed");
        Requests.check(!jacksonWritesAgain(), "rejected by Jackson's form");
        Requests.check(!javaJsonCanonicalization(), "rejected by the canonical form");
    }

    // what the canonicalizer cannot find by itself; only the event and a brace stand around it
    private byte[] resultAlone() {
        String body = new String(sent.body(), StandardCharsets.US_ASCII);
        return body.substring(body.indexOf('['), body.lastIndexOf(']') + 1).getBytes(StandardCharsets.US_ASCII);
    }

    @Benchmark
    public byte[] bareHmac() {
        return mac.doFinal(sent.signed());
    }

    @Benchmark
    public VerifiedWebhook<ExtractaEvent> hookseal() throws WebhookRejectedException {
        return verifier.verify(request);
    }

    // as much as the peers do: the result is at hand, and nothing is typed
    @Benchmark
    public boolean hooksealFormAlone() throws JsonFormatException {
        byte[] message = EcmaScriptJson.stringify(result);
        return MessageDigest.isEqual(mac.doFinal(message), signature);
    }

    @Benchmark
    public boolean jacksonWritesAgain() throws IOException {
        byte[] message = jackson.writeValueAsBytes(jackson.readTree(sent.body()).get("result"));
        return MessageDigest.isEqual(mac.doFinal(message), signature);
    }

    @Benchmark
    public boolean javaJsonCanonicalization() throws IOException {
        byte[] message = new JsonCanonicalizer(result).getEncodedUTF8();
        return MessageDigest.isEqual(mac.doFinal(message), signature);
    }
}
