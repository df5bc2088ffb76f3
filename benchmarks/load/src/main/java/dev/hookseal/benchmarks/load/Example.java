package dev.hookseal.benchmarks.load;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** An example application, as the build leaves it. */
enum Example {
    SERVLET("examples/servlet/target/servlet-example.jar", "VIRTUAL_THREADS"),
    SPRING("examples/spring-boot/target/spring-boot-example.jar", "SPRING_THREADS_VIRTUAL_ENABLED"),
    MICRONAUT("examples/micronaut/target/micronaut-example.jar", "");

    static final String FORMFLOW_SECRET = "secret-of-the-load-test";

    private final Path jar;
    private final String virtualThreads;

    Example(String jar, String virtualThreads) {
        this.jar = Path.of(jar);
        this.virtualThreads = virtualThreads;
    }

    Path jar() {
        return jar;
    }

    Map<String, String> environment(boolean onVirtualThreads) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("EXTRACTA_SECRET", "E_AI_K_a-secret-that-no-sender-has");
        for (String type : new String[] {
            "EXTRACTED", "EXPORT", "VALIDATION_SUCCESS", "ERROR_EXPORT", "ERROR_PROCESSING", "ERROR_PRE_PROCESSING"
        }) {
            environment.put("FORMFLOW_SECRET_" + type, FORMFLOW_SECRET);
        }
        if (onVirtualThreads) {
            environment.put(virtualThreads, "true");
        }
        return environment;
    }
}
