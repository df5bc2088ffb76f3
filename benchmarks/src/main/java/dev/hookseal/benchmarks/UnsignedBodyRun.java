package dev.hookseal.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.crypto.Mac;

/**
 * Looks for the body that costs most to reject among those with a well-formed signature that does not match, and prints
 * a table of what it finds and of the families of bodies that the search mixes.
 *
 * <p>What is counted is the least processor time of several rounds, in which the HMAC and the rejection take turns: other
 * work of the machine only adds to it, and adds less to an HMAC than to reading JSON.
 */
public final class UnsignedBodyRun {
    private static final int MIXTURES = 400;
    private static final int KEPT = 5;
    private static final int SEARCHED_BYTES = 512 * 1024;
    private static final int SEARCHED_ROUNDS = 11;
    private static final int MEASURED_BYTES = 4 * 1024 * 1024;
    private static final int MEASURED_ROUNDS = 25;

    private static final String WRONG = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final WebhookVerifier<ExtractaEvent> verifier = WebhookVerifier.of(
            new ExtractaProvider(),
            EndpointSettings.builder("extracta")
                    .secret(SigningSecret.ofUtf8("E_AI_K_extracta-secret"))
                    .build());
    private final Mac mac = Hmac.ready("extracta-secret");

    private UnsignedBodyRun() {}

    /** How many times its HMAC a body took, and how many bytes a byte were allocated. */
    private record Cost(String body, double timesHmac, double allocated) {
        static final Comparator<Cost> SLOWEST_FIRST =
                Collections.reverseOrder(Comparator.comparingDouble(Cost::timesHmac));
        static final Comparator<Cost> LARGEST_FIRST =
                Collections.reverseOrder(Comparator.comparingDouble(Cost::allocated));
    }

    /**
     * Prints the table.
     *
     * @param args the seed of the search, 16 unless given
     */
    public static void main(String[] args) {
        long seed = args.length == 0 ? 16 : Long.parseLong(args[0]);
        UnsignedBodyRun run = new UnsignedBodyRun();
        Stream<Cost> mixtures = run.search(seed).stream()
                .map(found -> run.cost("seed-" + found, HostileBody.mixed(found, MEASURED_BYTES), MEASURED_ROUNDS));
        Stream<Cost> families = Arrays.stream(HostileBody.values())
                .map(family -> run.cost(family.name(), family.ofSize(MEASURED_BYTES), MEASURED_ROUNDS));
        System.out.print("| body | x bare HMAC | bytes allocated a byte |\n| --- | ---: | ---: |\n");
        Stream.concat(mixtures, families)
                .sorted(Cost.SLOWEST_FIRST)
                .forEach(cost -> System.out.printf(
                        Locale.ROOT, "| %s | %.1f | %.1f |%n", cost.body(), cost.timesHmac(), cost.allocated()));
    }

    /** Returns the seeds of those mixtures that take longest, and of those that allocate most. */
    private List<Long> search(long seed) {
        List<Cost> costs = new ArrayList<>();
        for (int i = 0; i < MIXTURES; i++) {
            long mixture = seed * 1_000_000 + i;
            costs.add(cost(Long.toString(mixture), HostileBody.mixed(mixture, SEARCHED_BYTES), SEARCHED_ROUNDS));
        }
        return Stream.of(Cost.SLOWEST_FIRST, Cost.LARGEST_FIRST)
                .flatMap(order -> costs.stream().sorted(order).limit(KEPT))
                .map(cost -> Long.valueOf(cost.body()))
                .distinct()
                .toList();
    }

    private Cost cost(String name, byte[] body, int rounds) {
        WebhookRequest request = Requests.post(body, ExtractaProvider.SIGNATURE_HEADER, WRONG);
        long hmac = Long.MAX_VALUE;
        long rejection = Long.MAX_VALUE;
        long allocated = 0;
        for (int i = 0; i < rounds; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            mac.doFinal(body);
            hmac = Math.min(hmac, THREADS.getCurrentThreadCpuTime() - start);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            start = THREADS.getCurrentThreadCpuTime();
            reject(request);
            rejection = Math.min(rejection, THREADS.getCurrentThreadCpuTime() - start);
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        return new Cost(name, rejection / (double) hmac, allocated / (double) body.length);
    }

    private void reject(WebhookRequest request) {
        try {
            verifier.verify(request);
        } catch (WebhookRejectedException e) {
            Requests.check(e.reason() == RejectionReason.SIGNATURE_MISMATCH, "a mismatch");
            return;
        }
        throw new AssertionError("a body without a valid signature was accepted");
    }
}
