package dev.hookseal.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract finds what is wrong with a receiver, and nothing where nothing is. */
class ContractFindsFaultsTest {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void findsAFault(Fault fault) {
        Map<String, TestExecutionResult> results = run(fault, fault.foundBy());

        assertThat(results.keySet()).isEqualTo(fault.foundBy());
        assertThat(results)
                .allSatisfy((rule, result) ->
                        assertThat(result.getStatus()).as(rule).isEqualTo(TestExecutionResult.Status.FAILED));
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        Map<String, TestExecutionResult> results = run(Fault.NONE, DeviationsAndReport.rules());

        assertThat(results.keySet()).isEqualTo(DeviationsAndReport.rules());
        assertThat(results)
                .allSatisfy((rule, result) -> assertThat(result).as(rule).isEqualTo(TestExecutionResult.successful()));
    }

    @Test
    void everyRuleFindsSomething() {
        Set<String> used = Arrays.stream(Fault.values())
                .flatMap(fault -> fault.foundBy().stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).isEqualTo(DeviationsAndReport.rules());
    }

    static Map<String, TestExecutionResult> run(Fault fault, Set<String> rules) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(rules.stream()
                        .map(rule -> selectMethod(CarelessReceiverContract.class, rule))
                        .toList())
                .configurationParameter(CarelessReceiverContract.FAULT, fault.name())
                .build();
        Map<String, TestExecutionResult> results = new TreeMap<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    results.put(test.getDisplayName().replace("()", ""), result);
                }
            }
        });
        return results;
    }
}
