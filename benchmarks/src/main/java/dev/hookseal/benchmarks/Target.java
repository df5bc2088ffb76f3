package dev.hookseal.benchmarks;

import java.util.List;

/**
 * What is to be reached.
 *
 * @param atMost how many times as long as the baseline
 */
record Target(String work, String group, String body, String baseline, double atMost) {
    private static final String CHECK = "SignatureCheckBenchmark";
    private static final String EVENT = "FormFlowEventBenchmark";

    static final List<Target> ALL = List.of(
            new Target("FormFlow signature check, 300 B", CHECK, "SMALL", "bareHmac", 2.0),
            new Target("FormFlow signature check, 16 KB", CHECK, "TEXT_16K", "bareHmac", 1.15),
            new Target("FormFlow signature check, 1 MB", CHECK, "TEXT_1M", "bareHmac", 1.15),
            new Target("FormFlow to typed event, 300 B", EVENT, "SMALL", "bareHmac", 1.9),
            new Target("FormFlow to typed event, 16 KB", EVENT, "TEXT_16K", "bareHmac", 1.4),
            new Target("FormFlow to typed event, 16 KB of small members", EVENT, "MEMBERS_16K", "bareHmac", 2.2),
            new Target("Extracta, as JavaScript writes it, 500 KB", "ExtractaAsSentBenchmark", "", "bareHmac", 3),
            new Target("Extracta, as JavaScript writes it, 500 KB", "ExtractaAsSentBenchmark", "", "jacksonTree", 1),
            new Target("Extracta, rewritten, 500 KB", "ExtractaRewrittenBenchmark", "", "jacksonWritesAgain", 1),
            new Target(
                    "Extracta, rewritten, 500 KB", "ExtractaRewrittenBenchmark", "", "javaJsonCanonicalization", 0.2));
}
