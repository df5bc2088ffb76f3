package dev.hookseal.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each rule of the contract on each runtime that this build runs, and the page that lists them. */
class ContractReportTest {
    private static final Path RUNS = Path.of(System.getProperty("hookseal.contract.report"));
    private static final Path TABLES = Path.of(System.getProperty("contract.tables"));
    private static final Path PAGE = Path.of(System.getProperty("contract.page"));
    private static final String OLDEST_JAVA = "17";
    private static final String NEWEST_JAVA = "25";

    private static List<ContractResult> results;

    @BeforeAll
    static void read() throws IOException {
        results = ContractResult.readAll(RUNS);
        assertThat(results)
                .as("runs of the contract in %s, which mvn verify leaves there", RUNS)
                .isNotEmpty();
        List<String> tables = ContractTables.of(results);
        Files.write(TABLES, tables);
        Map<String, Long> kept = results.stream()
                .filter(ContractResult::isKept)
                .collect(Collectors.groupingBy(ContractResult::run, TreeMap::new, Collectors.counting()));
        kept.forEach((run, rules) -> System.out.println("Contract: " + rules + " rules kept on " + run));
    }

    @Test
    void everyRuleWasTriedInEveryRun() {
        Set<String> rules = rules(results);

        assertThat(rules).hasSizeGreaterThan(40);
        assertThat(rulesByRun(results.stream().filter(result -> !result.isOnAStore())))
                .allSatisfy((run, tried) -> assertThat(tried).as(run).isEqualTo(rules));
    }

    @Test
    void everyRuleOfAGroupWasTriedWithEachStore() {
        List<ContractResult> onStores =
                results.stream().filter(ContractResult::isOnAStore).toList();
        Set<String> groups = onStores.stream().map(ContractResult::group).collect(Collectors.toSet());
        Set<String> rules = rules(results.stream()
                .filter(result -> groups.contains(result.group()))
                .toList());

        assertThat(groups).contains("GenuineDeliveryRules", "IdempotencyRules", "HandlerRules");
        assertThat(rulesByRun(onStores.stream()))
                .allSatisfy((run, tried) -> assertThat(tried).as(run).isEqualTo(rules));
    }

    private static Set<String> rules(List<ContractResult> of) {
        return of.stream().map(ContractResult::rule).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Set<String>> rulesByRun(Stream<ContractResult> of) {
        return of.collect(Collectors.groupingBy(
                ContractResult::run,
                TreeMap::new,
                Collectors.mapping(ContractResult::rule, Collectors.toCollection(TreeSet::new))));
    }

    @Test
    void noRuleIsBroken() {
        assertThat(results).noneMatch(result -> result.outcome().equals("broken"));
    }

    /** A build without a second JDK does not run all that the page lists, and says so. */
    @Test
    void thePageListsWhatWasRun() throws IOException {
        List<ContractCell> listed = ContractTables.read(Files.readString(PAGE));
        Set<String> run = results.stream().map(ContractReportTest::listedJava).collect(Collectors.toSet());
        listed.stream()
                .filter(cell -> !run.contains(cell.java()))
                .map(cell -> "Contract: left out " + cell.runtime() + ", Java " + cell.java())
                .distinct()
                .forEach(System.out::println);

        List<ContractCell> expected =
                listed.stream().filter(cell -> run.contains(cell.java())).toList();
        List<ContractCell> seen = results.stream()
                .map(result -> new ContractCell(
                        result.isOnAStore() ? result.store() : result.rule(),
                        result.runtime(),
                        listedJava(result),
                        result.outcome()))
                .distinct()
                .toList();
        String fix = "If the run is right, put " + TABLES + " into " + PAGE + ", made with JDK 17 and JDK 25";
        assertThat(someWithout(seen, expected)).as("run and not listed. " + fix).isEmpty();
        assertThat(someWithout(expected, seen)).as("listed and not run. " + fix).isEmpty();
    }

    // A few are enough to see what is wrong.
    private static List<ContractCell> someWithout(List<ContractCell> cells, List<ContractCell> others) {
        Set<ContractCell> unwanted = Set.copyOf(others);
        return cells.stream().filter(cell -> !unwanted.contains(cell)).limit(5).toList();
    }

    // What Maven itself runs on stands for the oldest one, unless it is the newest.
    private static String listedJava(ContractResult result) {
        return result.java().equals(NEWEST_JAVA) ? NEWEST_JAVA : OLDEST_JAVA;
    }
}
