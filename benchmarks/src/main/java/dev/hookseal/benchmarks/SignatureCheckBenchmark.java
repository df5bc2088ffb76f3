package dev.hookseal.benchmarks;

import com.linecorp.bot.parser.LineSignatureValidator;
import com.slack.api.app_backend.SlackSignature;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook.Signature;
import com.svix.exceptions.WebhookVerificationException;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignatureCheck;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
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
 * The signature alone: header and body in, accepted out. Each peer gets a signature of its own kind over the same body,
 * made just before, since most of them look at the time as well; the ones that take the body as a String get a String.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before all else
public class SignatureCheckBenchmark {
    private static final String SECRET = "benchmark-secret-of-32-characters";
    private static final byte[] KEY = SECRET.getBytes(StandardCharsets.UTF_8);
    private static final long TOLERANCE_SECONDS = 300;

    @Param({"SMALL", "TEXT_16K", "TEXT_1M"})
    public FormFlowBody body;

    private byte[] bytes;
    private String text;
    private Mac mac;

    private WebhookRequest request;
    private SecretSource secrets;
    private SignatureScheme scheme;
    private SignatureCheck check;
    private Instant now;

    private com.standardwebhooks.Webhook standardWebhooks;
    private Map<String, List<String>> standardHeaders;
    private com.svix.Webhook svix;
    private Map<String, List<String>> svixHeaders;
    private String stripeHeader;
    private SlackSignature.Verifier slack;
    private String slackTime;
    private String slackHeader;
    private LineSignatureValidator line;
    private String lineHeader;

    @Setup
    public void sign() throws Exception {
        now = Instant.now();
        long seconds = now.getEpochSecond();
        bytes = body.at(now);
        text = new String(bytes, StandardCharsets.UTF_8);
        mac = Hmac.ready(KEY);

        secrets = SecretSource.of(SigningSecret.ofUtf8(SECRET));
        scheme = new FormFlowProvider()
                .scheme(EndpointSettings.builder("formflow").secrets(secrets).build());
        check = new SignatureCheck(scheme, "formflow");
        request = Requests.post(
                bytes, FormFlowProvider.SIGNATURE_HEADER, HexFormat.of().formatHex(mac.doFinal(bytes)));

        standardWebhooks = new com.standardwebhooks.Webhook(KEY);
        standardHeaders = Requests.headers(Map.of(
                "webhook-id", "msg_1",
                "webhook-timestamp", Long.toString(seconds),
                "webhook-signature", standardWebhooks.sign("msg_1", seconds, text)));
        svix = new com.svix.Webhook(KEY);
        svixHeaders = Requests.headers(Map.of(
                "svix-id", "msg_1",
                "svix-timestamp", Long.toString(seconds),
                "svix-signature", svix.sign("msg_1", seconds, text)));
        stripeHeader =
                "t=" + seconds + ",v1=" + com.stripe.net.Webhook.Util.computeHmacSha256(SECRET, seconds + "." + text);
        SlackSignature.Generator generator = new SlackSignature.Generator(SECRET);
        slack = new SlackSignature.Verifier(generator);
        slackTime = Long.toString(seconds);
        slackHeader = generator.generate(slackTime, text);
        line = new LineSignatureValidator(KEY);
        lineHeader = Base64.getEncoder().encodeToString(mac.doFinal(bytes));

        // the others throw
        Requests.check(stripeJava() && slackAppBackend() && lineBotParser(), "accepted by every peer");
        standardWebhooks();
        svix();
        hookseal();
    }

    @Benchmark
    public byte[] bareHmac() {
        return mac.doFinal(bytes);
    }

    @Benchmark
    public SignedContent hookseal() throws WebhookRejectedException {
        return check.verify(scheme.claim(request), secrets.secretsFor(""), now, Map.of());
    }

    @Benchmark
    public void standardWebhooks() throws com.standardwebhooks.exceptions.WebhookVerificationException {
        standardWebhooks.verify(text, standardHeaders);
    }

    @Benchmark
    public void svix() throws WebhookVerificationException {
        svix.verify(text, svixHeaders);
    }

    @Benchmark
    public boolean stripeJava() throws SignatureVerificationException {
        return Signature.verifyHeader(text, stripeHeader, SECRET, TOLERANCE_SECONDS);
    }

    @Benchmark
    public boolean slackAppBackend() {
        return slack.isValid(slackTime, text, slackHeader);
    }

    @Benchmark
    public boolean lineBotParser() {
        return line.validateSignature(bytes, lineHeader);
    }
}
