package dev.hookseal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;

/** The contract of stores finds what is wrong with a store, and nothing where nothing is. */
class StoreContractFindsFaultsTest {
    // of a store that shares nothing between processes, whatever its fault
    private static final String IN_PROCESSES = "grantsOneOfManyInTwoProcesses";

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void findsAFault(StoreFault fault) {
        Map<String, TestExecutionResult> results = run(fault, fault.foundBy());

        assertThat(results.keySet()).isEqualTo(fault.foundBy());
        assertThat(results)
                .allSatisfy((rule, result) ->
                        assertThat(result.getStatus()).as(rule).isEqualTo(TestExecutionResult.Status.FAILED));
    }

    @Test
    void findsAStoreThatEachProcessHasForItself() {
        assertThat(run(StoreFault.NONE, Set.of(IN_PROCESSES)).get(IN_PROCESSES).getStatus())
                .isEqualTo(TestExecutionResult.Status.FAILED);
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        Set<String> rules = rules();
        rules.remove(IN_PROCESSES);

        assertThat(run(StoreFault.NONE, rules))
                .hasSameSizeAs(rules)
                .allSatisfy((rule, result) -> assertThat(result).as(rule).isEqualTo(TestExecutionResult.successful()));
    }

    @Test
    void everyRuleFindsSomething() {
        Set<String> used = Arrays.stream(StoreFault.values())
                .flatMap(fault -> fault.foundBy().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        used.add(IN_PROCESSES);

        assertThat(used).isEqualTo(rules());
    }

    private static Set<String> rules() {
        return DeviationsAndReport.rules(SharedDeliveryStoreContract.class);
    }

    private static Map<String, TestExecutionResult> run(StoreFault fault, Set<String> rules) {
        return CarelessRun.of(CarelessStoreContract.class, fault, rules);
    }
}
