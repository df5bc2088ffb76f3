package dev.hookseal.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The modules that are published are the ones that the BOM names, and the BOM. */
class PublishedModulesTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern OWN_ARTIFACT = Pattern.compile("</parent>\\s*<artifactId>([^<]+)</artifactId>");
    private static final Pattern MANAGED_ARTIFACT =
            Pattern.compile("<dependency>\\s*<groupId>dev\\.hookseal</groupId>\\s*<artifactId>([^<]+)</artifactId>");

    @Test
    void theBomNamesAllThatIsPublished() throws IOException {
        String bom = Files.readString(ROOT.resolve("bom/pom.xml"));
        Set<String> expected = new TreeSet<>(Set.of("hookseal-bom"));
        matches(MANAGED_ARTIFACT, bom).forEach(expected::add);

        Set<String> published = new TreeSet<>();
        for (String module :
                matches(MODULE, Files.readString(ROOT.resolve("pom.xml"))).toList()) {
            String pom = Files.readString(ROOT.resolve(module).resolve("pom.xml"));
            if (pom.contains("<publish.skip>false</publish.skip>")) {
                matches(OWN_ARTIFACT, pom).forEach(published::add);
            }
        }

        assertThat(published).isEqualTo(expected);
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1));
    }
}
