package dev.hookseal.compatibility;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A table for each group of rules, in Markdown: a row for each rule, a column for each runtime. And one for the stores. */
final class ContractTables {
    private static final Map<String, String> TITLES = Map.of(
            "GenuineDeliveryRules", "Genuine deliveries",
            "ForgedDeliveryRules", "Forged deliveries",
            "DisclosureRules", "Nothing is given away",
            "IdempotencyRules", "Each delivery once, and none lost",
            "HandlerRules", "What the handler did decides",
            "ProviderRules", "Any provider",
            "ProviderDeliveryRules", "Each provider: genuine deliveries",
            "ProviderPayloadRules", "Each provider: any payload",
            "ProviderForgeryRules", "Each provider: forged deliveries");
    private static final List<String> ORDER = List.of(
            "GenuineDeliveryRules",
            "ForgedDeliveryRules",
            "DisclosureRules",
            "IdempotencyRules",
            "HandlerRules",
            "ProviderRules",
            "ProviderDeliveryRules",
            "ProviderPayloadRules",
            "ProviderForgeryRules");

    private ContractTables() {}

    /** All groups; in a cell stand the versions of Java that the rule was kept on, or that it is deviated from. */
    static List<String> of(List<ContractResult> results) {
        List<String> lines = new ArrayList<>();
        for (String group : ORDER) {
            List<ContractResult> ofGroup = results.stream()
                    .filter(result -> !result.isOnAStore() && result.group().equals(group))
                    .toList();
            lines.addAll(table(TITLES.get(group), "rule", ofGroup, ContractResult::rule));
        }
        List<ContractResult> onStores =
                results.stream().filter(ContractResult::isOnAStore).toList();
        lines.addAll(
                table("All rules of `WebhookContract`, with each store", "store", onStores, ContractResult::store));
        results.stream()
                .filter(result -> result.outcome().equals("deviates"))
                .map(result -> "- " + result.rule() + ", " + result.runtime() + ": " + result.reason())
                .distinct()
                .sorted()
                .forEach(lines::add);
        return lines;
    }

    private static List<String> table(
            String title, String row, List<ContractResult> results, Function<ContractResult, String> rowOf) {
        List<String> runtimes = List.copyOf(
                results.stream().map(ContractResult::runtime).collect(Collectors.toCollection(TreeSet::new)));
        List<String> lines = new ArrayList<>(List.of("### " + title, ""));
        lines.add("| " + row + " | " + String.join(" | ", runtimes) + " |");
        lines.add("| --- |" + " --- |".repeat(runtimes.size()));
        results.stream()
                .collect(Collectors.groupingBy(rowOf, TreeMap::new, Collectors.toList()))
                .forEach((name, ofRow) -> lines.add("| " + name + " | "
                        + runtimes.stream().map(runtime -> cell(runtime, ofRow)).collect(Collectors.joining(" | "))
                        + " |"));
        lines.add("");
        return lines;
    }

    private static String cell(String runtime, List<ContractResult> ofRule) {
        return ofRule.stream()
                .filter(result -> result.runtime().equals(runtime))
                .map(result -> result.isKept() ? result.java() : result.outcome() + " " + result.java())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** What the tables on a page say. */
    static List<ContractCell> read(String page) {
        List<ContractCell> cells = new ArrayList<>();
        List<String> runtimes = List.of();
        for (String line : page.lines().filter(line -> line.startsWith("| ")).toList()) {
            List<String> row =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            List<String> values = row.subList(2, row.size() - 1);
            if (row.get(1).equals("rule") || row.get(1).equals("store")) {
                runtimes = values;
            } else if (!row.get(1).equals("---") && values.size() == runtimes.size()) {
                for (int column = 0; column < values.size(); column++) {
                    cells.addAll(cells(row.get(1), runtimes.get(column), values.get(column)));
                }
            }
        }
        return cells;
    }

    private static List<ContractCell> cells(String rule, String runtime, String cell) {
        return Arrays.stream(cell.split(", "))
                .filter(value -> !value.isEmpty())
                .map(value -> {
                    int java = value.lastIndexOf(' ') + 1;
                    String outcome = java == 0 ? "kept" : value.substring(0, java - 1);
                    return new ContractCell(rule, runtime, value.substring(java), outcome);
                })
                .toList();
    }
}
