package dev.hookseal.contract;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Turns a rule that is declared not to be kept around, and writes down how each rule went. */
final class DeviationsAndReport implements InvocationInterceptor, AfterAllCallback {
    private static final String REPORT = "hookseal.contract.report";

    private final Map<Method, Result> results = new ConcurrentSkipListMap<>(Comparator.comparing(Method::getName));

    @Override
    public void interceptBeforeAllMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Set<String> rules = rules(run(context).suite());
        for (Deviation deviation : run(context).deviations()) {
            if (!rules.contains(withoutProvider(deviation.rule()))) {
                throw new IllegalStateException(
                        "A deviation is declared from " + deviation.rule() + ", and the rules are " + rules);
            }
        }
        invocation.proceed();
    }

    /** Returns the names of all rules of a suite. */
    static Set<String> rules(Class<?> suite) {
        return Stream.<Class<?>>iterate(suite, type -> type != Object.class, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(TestTemplate.class))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String withoutProvider(String rule) {
        int bracket = rule.indexOf('[');
        return bracket < 0 ? rule : rule.substring(0, bracket);
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        tryRule(invocation, method.getExecutable(), "", context);
    }

    /** A rule that is tried with each provider. */
    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        String provider = method.getArguments().stream()
                .filter(ProviderEndpoint.class::isInstance)
                .map(endpoint -> "[" + endpoint + "]")
                .findFirst()
                .orElse("");
        tryRule(invocation, method.getExecutable(), provider, context);
    }

    private void tryRule(Invocation<@Nullable Void> invocation, Method rule, String provider, ExtensionContext context)
            throws Throwable {
        if (!ContractRun.class.isAssignableFrom(rule.getDeclaringClass())
                || !rule.getDeclaringClass().isAssignableFrom(run(context).suite())) {
            invocation.proceed();
            return;
        }
        Optional<Deviation> declared = run(context).deviations().stream()
                .filter(deviation -> deviation.rule().equals(rule.getName() + provider))
                .findFirst();
        Result result = new Result("broken", "");
        try {
            if (declared.isEmpty()) {
                invocation.proceed();
                result = new Result("kept", "");
            } else {
                assertDeviates(invocation, declared.get());
                result = new Result("deviates", declared.get().reason());
            }
        } finally {
            results.merge(rule, result, Result::worseOf);
        }
    }

    /** How a rule went, with all providers that it was tried with. */
    private record Result(String outcome, String reason) {
        private static final List<String> WORST_FIRST = List.of("broken", "deviates", "kept");

        private Result worseOf(Result other) {
            return WORST_FIRST.indexOf(outcome) <= WORST_FIRST.indexOf(other.outcome) ? this : other;
        }

        private String line(Method rule) {
            return String.join("\t", rule.getDeclaringClass().getSimpleName(), rule.getName(), outcome, reason);
        }
    }

    private static void assertDeviates(Invocation<@Nullable Void> invocation, Deviation deviation) throws Throwable {
        try {
            invocation.proceed();
        } catch (AssertionError e) {
            if (String.valueOf(e.getMessage()).contains(deviation.instead())) {
                return;
            }
            throw e;
        }
        throw new AssertionError(
                "A deviation is declared that does not occur any longer: remove it. It was: " + deviation.reason());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Optional<String> folder = context.getConfigurationParameter(REPORT);
        if (folder.isPresent()) {
            write(Path.of(folder.get()), run(context));
        }
    }

    private void write(Path folder, ContractRun run) throws IOException {
        String runtime = run.runtime() + ", Java " + Runtime.version().feature();
        String store = run.serverStore().map(ServerStore::name).orElse("");
        List<String> lines = new ArrayList<>();
        results.forEach((rule, result) -> lines.add(runtime + "\t" + result.line(rule) + "\t" + store));
        Files.createDirectories(folder);
        String name = (run.suite().getSimpleName() + " " + runtime + " " + store).strip();
        Path file = folder.resolve(name.replaceAll("[^A-Za-z0-9.]+", "-") + ".tsv");
        Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    }

    private static ContractRun run(ExtensionContext context) {
        return (ContractRun) context.getRequiredTestInstance();
    }
}
