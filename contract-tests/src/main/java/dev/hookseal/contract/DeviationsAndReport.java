package dev.hookseal.contract;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Turns a rule that is declared not to be kept around, and writes down how each rule went. */
final class DeviationsAndReport implements InvocationInterceptor, AfterAllCallback {
    private static final String REPORT = "hookseal.contract.report";

    private final Map<String, String> results = new ConcurrentSkipListMap<>();

    @Override
    public void interceptBeforeAllMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Set<String> rules = rules();
        for (Deviation deviation : run(context).deviations()) {
            if (!rules.contains(deviation.rule())) {
                throw new IllegalStateException(
                        "A deviation is declared from " + deviation.rule() + ", and the rules are " + rules);
            }
        }
        invocation.proceed();
    }

    /** Returns the names of all rules. */
    static Set<String> rules() {
        return Stream.<Class<?>>iterate(WebhookContract.class, type -> type != Object.class, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (!ContractRun.class.isAssignableFrom(method.getExecutable().getDeclaringClass())
                || !method.getExecutable().getDeclaringClass().isAssignableFrom(WebhookContract.class)) {
            invocation.proceed();
            return;
        }
        Method rule = method.getExecutable();
        note(rule, "broken", "");
        Optional<Deviation> declared = run(context).deviations().stream()
                .filter(deviation -> deviation.rule().equals(rule.getName()))
                .findFirst();
        if (declared.isEmpty()) {
            invocation.proceed();
            note(rule, "kept", "");
        } else {
            assertDeviates(invocation, declared.get());
            note(rule, "deviates", declared.get().reason());
        }
    }

    private void note(Method rule, String result, String reason) {
        results.put(
                rule.getName(),
                String.join("\t", rule.getDeclaringClass().getSimpleName(), rule.getName(), result, reason));
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
            write(Path.of(folder.get()), run(context).runtime());
        }
    }

    private void write(Path folder, String server) throws IOException {
        String runtime = server + ", Java " + Runtime.version().feature();
        List<String> lines =
                results.values().stream().map(result -> runtime + "\t" + result).toList();
        Files.createDirectories(folder);
        Path file = folder.resolve(runtime.replaceAll("[^A-Za-z0-9.]+", "-") + ".tsv");
        Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    }

    private static ContractRun run(ExtensionContext context) {
        return (ContractRun) context.getRequiredTestInstance();
    }
}
