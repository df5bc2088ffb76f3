package orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hookseal's BOM decides Hookseal's version, and Micronaut's BOM decides all that Micronaut manages. */
class VersionsTest {
    @ParameterizedTest
    @CsvSource({
        "jackson.version, com.fasterxml.jackson.core.JsonFactory",
        "jackson.databind.version, com.fasterxml.jackson.databind.ObjectMapper",
        "jspecify.version, org.jspecify.annotations.Nullable",
        "micronaut.core.version, io.micronaut.http.HttpRequest",
        "netty.version, io.netty.buffer.ByteBuf",
        "reactor.version, reactor.core.publisher.Mono",
    })
    void whatMicronautManagesKeepsItsVersion(String property, Class<?> type) throws IOException {
        String version = System.getProperty("expected.micronaut.version");
        Path bom = Path.of(System.getProperty("local.repository"), "io", "micronaut", "micronaut-core-bom", version)
                .resolve("micronaut-core-bom-" + version + ".pom");
        Matcher managed =
                Pattern.compile("<" + property + ">(.+)</" + property + ">").matcher(Files.readString(bom));

        assertTrue(managed.find(), property);
        assertEquals(managed.group(1), versionOf(type));
    }

    @ParameterizedTest
    @ValueSource(classes = {ParameterizedTest.class, org.junit.jupiter.api.Test.class})
    void junitKeepsTheVersionOfItsBom(Class<?> type) {
        assertEquals(System.getProperty("expected.junit.version"), versionOf(type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.hookseal.receive.WebhookReceiver",
                "dev.hookseal.micronaut.HooksealFactory",
                "dev.hookseal.testkit.Forgeries"
            })
    void hooksealHasTheVersionOfItsBom(String type) throws ClassNotFoundException {
        assertEquals(System.getProperty("expected.hookseal.version"), versionOf(Class.forName(type)));
    }

    /** A jar in a local repository is in a folder that is named like its version. */
    private static String versionOf(Class<?> type) {
        String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return Path.of(jar).getParent().getFileName().toString();
    }
}
