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

/** Runs rules of a suite that is extended for a careless store or inbox. */
final class CarelessRun {
    /** The configuration parameter that names the fault. */
    static final String FAULT = "careless.fault";

    private CarelessRun() {}

    /** Returns how each rule went, by its name. */
    static Map<String, TestExecutionResult> of(Class<?> suite, Enum<?> fault, Set<String> rules) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(rules.stream().map(rule -> selectMethod(suite, rule)).toList())
                .enableImplicitConfigurationParameters(false)
                .configurationParameter(FAULT, fault.name())
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
