package dev.hookseal.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs rules of the contract on a careless receiver. */
final class CarelessReceiverRun {
    private CarelessReceiverRun() {}

    /** How each went, by the rule's name; that of the suite itself, if it could not begin, under {@code ""}. */
    static Map<String, TestExecutionResult> of(Fault fault, Set<String> rules, Map<String, String> parameters) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(rules.stream()
                        .map(rule -> selectMethod(CarelessReceiverContract.class, rule))
                        .toList())
                // not what the build wants to know of its own runs
                .enableImplicitConfigurationParameters(false)
                .configurationParameter(CarelessReceiverContract.FAULT, fault.name())
                .configurationParameters(parameters)
                .build();
        Map<String, TestExecutionResult> results = new TreeMap<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    results.put(test.getDisplayName().replace("()", ""), result);
                } else if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    results.put("", result);
                }
            }
        });
        return results;
    }
}
