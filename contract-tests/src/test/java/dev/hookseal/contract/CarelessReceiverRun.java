package dev.hookseal.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs rules of the contract on a careless receiver. */
final class CarelessReceiverRun {
    private CarelessReceiverRun() {}

    /**
     * How each went, by the rule's name, with all providers that it was tried with; that of the suite itself, if it could
     * not begin, under {@code ""}.
     */
    static Map<String, TestExecutionResult> of(Fault fault, Set<String> rules, Map<String, String> parameters) {
        Set<String> forEachProvider = DeviationsAndReport.rules(ProviderContract.class);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(rules.stream()
                        .map(rule -> forEachProvider.contains(rule)
                                ? selectMethod(CarelessProviderContract.class, rule, ProviderEndpoint.class)
                                : selectMethod(CarelessReceiverContract.class, rule))
                        .toList())
                // not what the build wants to know of its own runs
                .enableImplicitConfigurationParameters(false)
                .configurationParameter(CarelessSetup.FAULT, fault.name())
                .configurationParameters(parameters)
                .build();
        Map<String, TestExecutionResult> results = new TreeMap<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest() && test.getSource().orElseThrow() instanceof MethodSource rule) {
                    results.merge(rule.getMethodName(), result, CarelessReceiverRun::worse);
                } else if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    results.put("", result);
                }
            }
        });
        return results;
    }

    private static TestExecutionResult worse(TestExecutionResult one, TestExecutionResult other) {
        return one.getStatus() == TestExecutionResult.Status.FAILED ? one : other;
    }
}
