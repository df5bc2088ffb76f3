package dev.hookseal.benchmarks;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowEventType;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
 * From request to typed event: the body is parsed in full, its type chooses one of six secrets, the signature is
 * checked, and so is the event's time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before all else
public class FormFlowEventBenchmark {
    @Param({"SMALL", "TEXT_16K", "MEMBERS_16K"})
    public FormFlowBody body;

    private byte[] bytes;
    private Mac mac;
    private WebhookRequest request;
    private WebhookVerifier<FormFlowEvent> verifier;

    @Setup
    public void sign() throws WebhookRejectedException {
        Instant now = Instant.now();
        bytes = body.at(now);
        mac = Hmac.ready("secret-of-extracted");
        request = Requests.post(
                bytes, FormFlowProvider.SIGNATURE_HEADER, HexFormat.of().formatHex(mac.doFinal(bytes)));
        verifier = WebhookVerifier.of(
                new FormFlowProvider(),
                EndpointSettings.builder("formflow")
                        .secrets(SecretSource.byEventType(sixSecrets()))
                        .build());
        FormFlowEvent event = hookseal().event();
        Requests.check(event.type() == FormFlowEventType.EXTRACTED && "1".equals(event.templateId()), "the event sent");
    }

    private static Map<String, List<SigningSecret>> sixSecrets() {
        Map<String, List<SigningSecret>> secrets = new HashMap<>();
        for (FormFlowEventType type : FormFlowEventType.values()) {
            if (type != FormFlowEventType.UNKNOWN) {
                secrets.put(type.wireName(), List.of(SigningSecret.ofUtf8("secret-of-" + type.wireName())));
            }
        }
        return secrets;
    }

    @Benchmark
    public byte[] bareHmac() {
        return mac.doFinal(bytes);
    }

    @Benchmark
    public VerifiedWebhook<FormFlowEvent> hookseal() throws WebhookRejectedException {
        return verifier.verify(request);
    }
}
