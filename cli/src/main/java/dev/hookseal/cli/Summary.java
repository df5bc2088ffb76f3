package dev.hookseal.cli;

import dev.hookseal.cli.LoadSender.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Many answers in a few lines. */
record Summary(List<Answer> answers) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        TreeMap<Integer, Integer> byStatus = new TreeMap<>();
        answers.forEach(answer -> byStatus.merge(answer.status(), 1, Integer::sum));
        byStatus.forEach((status, count) -> lines.add("  " + status + "  " + count));
        double[] millis = answers.stream().mapToDouble(Answer::millis).sorted().toArray();
        lines.add(String.format(
                Locale.ROOT,
                "  latency  min %.1f ms  median %.1f ms  p99 %.1f ms  max %.1f ms",
                millis[0],
                quantile(millis, 50),
                quantile(millis, 99),
                millis[millis.length - 1]));
        return lines;
    }

    /** The smallest that as many per cent of all are no larger than: the nearest rank. */
    static double quantile(double[] sorted, int percent) {
        int rank = (int) Math.ceil(percent * sorted.length / 100.0);
        return sorted[Math.max(1, rank) - 1];
    }
}
