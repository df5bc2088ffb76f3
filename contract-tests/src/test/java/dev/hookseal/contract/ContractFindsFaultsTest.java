package dev.hookseal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;

/** The contract finds what is wrong with a receiver, and nothing where nothing is. */
class ContractFindsFaultsTest {
    private static final Set<String> RULES = Stream.of(WebhookContract.class, ProviderContract.class)
            .flatMap(suite -> DeviationsAndReport.rules(suite).stream())
            .collect(Collectors.toCollection(TreeSet::new));

    static Stream<Fault> foundAtOnce() {
        return EnumSet.complementOf(EnumSet.of(Fault.NONE)).stream().filter(fault -> !fault.isFoundByWaiting());
    }

    @ParameterizedTest
    @MethodSource("foundAtOnce")
    void findsAFault(Fault fault) {
        assertFound(fault);
    }

    static void assertFound(Fault fault) {
        Map<String, TestExecutionResult> results = run(fault, fault.foundBy());

        assertThat(results.keySet()).isEqualTo(fault.foundBy());
        assertThat(results)
                .allSatisfy((rule, result) ->
                        assertThat(result.getStatus()).as(rule).isEqualTo(TestExecutionResult.Status.FAILED));
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        Map<String, TestExecutionResult> results = run(Fault.NONE, RULES);

        assertThat(results.keySet()).isEqualTo(RULES);
        assertThat(results)
                .allSatisfy((rule, result) -> assertThat(result).as(rule).isEqualTo(TestExecutionResult.successful()));
    }

    @Test
    void everyRuleFindsSomething() {
        Set<String> used = Arrays.stream(Fault.values())
                .flatMap(fault -> fault.foundBy().stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).isEqualTo(RULES);
    }

    private static Map<String, TestExecutionResult> run(Fault fault, Set<String> rules) {
        return CarelessReceiverRun.of(fault, rules, Map.of());
    }
}
