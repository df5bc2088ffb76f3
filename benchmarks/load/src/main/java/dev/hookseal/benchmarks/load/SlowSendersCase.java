package dev.hookseal.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * An example and the slow senders that it is held against.
 *
 * @param name what the command line selects it by
 * @param onVirtualThreads needs a JDK 25
 * @param senders how many at once
 * @param bodyBytes the Content-Length of each
 */
record SlowSendersCase(String name, Example example, boolean onVirtualThreads, int senders, int bodyBytes) {
    private static final int SMALL = 200 * 1000;
    private static final int JUST_BELOW_EXTRACTAS_LIMIT = 4 * 1024 * 1024 - 1024;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(1);
    private static final double LATEST_RECOVERY_SECOND = 35;

    static final List<SlowSendersCase> ALL = List.of(
            new SlowSendersCase("servlet-200KB", Example.SERVLET, false, 500, SMALL),
            new SlowSendersCase("servlet-4MB", Example.SERVLET, false, 500, JUST_BELOW_EXTRACTAS_LIMIT),
            new SlowSendersCase("servlet-virtual-200KB", Example.SERVLET, true, 500, SMALL),
            new SlowSendersCase("servlet-virtual-4MB", Example.SERVLET, true, 500, JUST_BELOW_EXTRACTAS_LIMIT),
            new SlowSendersCase("spring-200KB", Example.SPRING, false, 500, SMALL),
            new SlowSendersCase("spring-4MB", Example.SPRING, false, 500, JUST_BELOW_EXTRACTAS_LIMIT),
            new SlowSendersCase("spring-virtual-200KB", Example.SPRING, true, 500, SMALL),
            new SlowSendersCase("spring-virtual-4MB", Example.SPRING, true, 500, JUST_BELOW_EXTRACTAS_LIMIT),
            new SlowSendersCase("micronaut-200KB", Example.MICRONAUT, false, 500, SMALL),
            new SlowSendersCase("micronaut-4MB", Example.MICRONAUT, false, 500, JUST_BELOW_EXTRACTAS_LIMIT),
            new SlowSendersCase("micronaut-10000", Example.MICRONAUT, false, 10_000, 60 * 1000));

    /** Returns what the genuine deliveries have to get, for the table. */
    String target() {
        return hasNoThreadLimit() ? "all within 1 s" : "all from 35 s on";
    }

    boolean isReached(GenuineDeliveries genuine) {
        return hasNoThreadLimit()
                ? genuine.areAllAnsweredWithin(LONGEST_ANSWER)
                : isEarlyEnough(genuine.firstAnswerAt()) && isEarlyEnough(genuine.answeredFrom());
    }

    private static boolean isEarlyEnough(OptionalDouble second) {
        return second.isPresent() && second.getAsDouble() <= LATEST_RECOVERY_SECOND;
    }

    /** Returns false for Tomcat's 200 platform threads, each of which a slow body holds. */
    private boolean hasNoThreadLimit() {
        return onVirtualThreads || example == Example.MICRONAUT;
    }
}
