package orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hookseal's BOM decides Hookseal's version, and Spring Boot's BOM decides all that Spring Boot manages. */
class VersionsTest {
    private static final Pom SPRING_BOOT = Pom.ofRepository(
            "org.springframework.boot", "spring-boot-dependencies", System.getProperty("expected.spring-boot.version"));

    @ParameterizedTest
    @CsvSource({
        "assertj.version, org.assertj.core.api.Assertions",
        "caffeine.version, com.github.benmanes.caffeine.cache.Cache",
        "junit-jupiter.version, org.junit.jupiter.api.Test",
        "logback.version, ch.qos.logback.classic.Logger",
        "micrometer.version, io.micrometer.core.instrument.MeterRegistry",
        "micrometer.version, io.micrometer.observation.Observation",
        "slf4j.version, org.slf4j.Logger",
        "spring-framework.version, org.springframework.web.servlet.DispatcherServlet",
        "tomcat.version, org.apache.catalina.startup.Tomcat",
    })
    void whatSpringBootManagesKeepsItsVersion(String property, Class<?> type) {
        assertThat(versionOf(type)).isEqualTo(SPRING_BOOT.property(property));
    }

    @Test
    void jacksonKeepsTheVersionThatSpringBootManages() throws ClassNotFoundException {
        boolean manages3 = SPRING_BOOT.hasProperty("jackson-2-bom.version");

        assertThat(versionOf(Class.forName("com.fasterxml.jackson.databind.ObjectMapper")))
                .isEqualTo(SPRING_BOOT.property(manages3 ? "jackson-2-bom.version" : "jackson-bom.version"));
        if (manages3) {
            assertThat(versionOf(Class.forName("tools.jackson.databind.ObjectMapper")))
                    .isEqualTo(SPRING_BOOT.property("jackson-bom.version"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dev.hookseal.receive.WebhookReceiver",
        "dev.hookseal.servlet.WebhookFilter",
        "dev.hookseal.spring.EndpointBindings",
        "dev.hookseal.testkit.Forgeries",
    })
    void hooksealHasTheVersionOfItsBom(String type) throws ClassNotFoundException {
        assertThat(versionOf(Class.forName(type))).isEqualTo(System.getProperty("expected.hookseal.version"));
    }

    /** A jar in a local repository is in a folder that is named like its version. */
    private static String versionOf(Class<?> type) {
        CodeSource source = Objects.requireNonNull(type.getProtectionDomain().getCodeSource(), type::getName);
        return Path.of(source.getLocation().getPath()).getParent().getFileName().toString();
    }
}
