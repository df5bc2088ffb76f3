package dev.hookseal.benchmarks;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignatureCheck;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.standardwebhooks.StandardWebhooksProvider;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * A header of Standard Webhooks with one signature, and with as many as are looked at, of which the last one is right. One
 * HMAC is made for all of them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before all else
public class ManySignaturesBenchmark {
    private static final byte[] KEY = "benchmark-secret-of-32-characters".getBytes(StandardCharsets.UTF_8);
    private static final int SEED = 18;

    @Param({"SMALL", "TEXT_16K"})
    public FormFlowBody body;

    private byte[] message;
    private Mac mac;

    private WebhookRequest one;
    private WebhookRequest sixteen;
    private SecretSource secrets;
    private SignatureScheme scheme;
    private SignatureCheck check;
    private Instant now;

    @Setup
    public void sign() throws Exception {
        now = Instant.now();
        byte[] bytes = body.at(now);
        String time = Long.toString(now.getEpochSecond());
        message = ("msg_1." + time + "." + new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        mac = Hmac.ready(KEY);

        one = request(bytes, time, 1);
        sixteen = request(bytes, time, SignatureClaim.MAX_SIGNATURES);
        secrets = SecretSource.of(
                SigningSecret.ofUtf8("whsec_" + Base64.getEncoder().encodeToString(KEY)));
        scheme = new StandardWebhooksProvider()
                .scheme(EndpointSettings.builder("standard-webhooks")
                        .secrets(secrets)
                        .build());
        check = new SignatureCheck(scheme, "standard-webhooks");
        oneSignature();
        sixteenSignatures();
    }

    private WebhookRequest request(byte[] bytes, String time, int signatures) {
        Random random = new Random(SEED);
        Stream<byte[]> wrong = Stream.generate(() -> {
                    byte[] other = new byte[mac.getMacLength()];
                    random.nextBytes(other);
                    return other;
                })
                .limit(signatures - 1L);
        String header = Stream.concat(wrong, Stream.of(mac.doFinal(message)))
                .map(signature -> "v1," + Base64.getEncoder().encodeToString(signature))
                .collect(Collectors.joining(" "));
        return WebhookRequest.of(
                "POST",
                Requests.headers(Map.of("webhook-id", "msg_1", "webhook-timestamp", time, "webhook-signature", header)),
                bytes);
    }

    @Benchmark
    public byte[] bareHmac() {
        return mac.doFinal(message);
    }

    @Benchmark
    public SignedContent oneSignature() throws WebhookRejectedException {
        return verify(one);
    }

    @Benchmark
    public SignedContent sixteenSignatures() throws WebhookRejectedException {
        return verify(sixteen);
    }

    private SignedContent verify(WebhookRequest request) throws WebhookRejectedException {
        return check.verify(scheme.claim(request), secrets.secretsFor(""), now, Map.of());
    }
}
