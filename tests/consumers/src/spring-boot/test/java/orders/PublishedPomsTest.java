package orders;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Hookseal's poms bring into an application, read where Maven reads them. */
class PublishedPomsTest {
    private static final String GROUP = "dev.hookseal";
    private static final String VERSION = System.getProperty("expected.hookseal.version");
    private static final Pom BOM = Pom.ofRepository(GROUP, "hookseal-bom", VERSION);

    @Test
    void theBomBringsHooksealAndNothingElse() {
        assertThat(BOM.has("parent")).as("a parent").isFalse();
        assertThat(BOM.has("profiles")).as("profiles").isFalse();
        assertThat(BOM.dependencies()).isEmpty();
        assertThat(BOM.managed()).isNotEmpty().allSatisfy(managed -> {
            assertThat(managed.groupId()).isEqualTo(GROUP);
            assertThat(managed.version()).isIn(VERSION, "${project.version}");
            assertThat(managed.scope()).isEmpty();
        });
    }

    @Test
    void noModuleHasAParentOrManagesVersions() {
        assertThat(modules())
                .extracting(Pom::artifactId)
                .contains("hookseal-core", "hookseal-spring", "hookseal-testkit");
        assertThat(modules()).allSatisfy(module -> {
            assertThat(module.has("parent")).as("a parent").isFalse();
            assertThat(module.has("dependencyManagement"))
                    .as("dependencyManagement")
                    .isFalse();
        });
    }

    @Test
    void theModulesAgreeOnEachVersion() {
        Map<String, Set<String>> versions = modules().stream()
                .flatMap(module -> module.dependencies().stream())
                .collect(groupingBy(
                        dependency -> dependency.groupId() + ":" + dependency.artifactId(),
                        mapping(Pom.Dependency::version, toSet())));

        assertThat(versions)
                .containsKey("org.jspecify:jspecify")
                .allSatisfy(
                        (dependency, found) -> assertThat(found).as(dependency).hasSize(1));
    }

    /** Those of the BOM, as far as they are in this repository. */
    private static List<Pom> modules() {
        return BOM.managed().stream()
                .map(Pom.Dependency::artifactId)
                .filter(artifactId -> Pom.isInRepository(GROUP, artifactId))
                .map(artifactId -> Pom.ofRepository(GROUP, artifactId, VERSION))
                .toList();
    }
}
