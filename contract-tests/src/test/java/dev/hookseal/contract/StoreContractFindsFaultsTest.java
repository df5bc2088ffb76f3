package dev.hookseal.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

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
        return Stream.of(DeliveryStoreContract.class, SharedDeliveryStoreContract.class)
                .flatMap(suite -> Arrays.stream(suite.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, TestExecutionResult> run(StoreFault fault, Set<String> rules) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(rules.stream()
                        .map(rule -> selectMethod(CarelessStoreContract.class, rule))
                        .toList())
                .enableImplicitConfigurationParameters(false)
                .configurationParameter(CarelessStoreContract.FAULT, fault.name())
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
