package dev.hookseal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package of core may depend on which, as docs/architecture.md draws it. */
@Tag("jackson-3")
class PackagesTest {
    private static final String ROOT = "dev.hookseal";
    // from the bottom to the top: each depends only on those before it
    private static final List<String> LAYERS = List.of(
            ROOT + ".internal..",
            ROOT + ".store",
            ROOT + ".request",
            ROOT + ".signature",
            ROOT,
            ROOT + ".provider",
            ROOT + ".observe",
            ROOT + ".inbox",
            ROOT + ".receive",
            ROOT + ".extracta",
            ROOT + ".formflow",
            ROOT + ".standardwebhooks",
            ROOT + ".config");
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages(ROOT);

    @Test
    void packagesHaveNoCycle() {
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(CORE);
    }

    static Stream<String> layers() {
        return LAYERS.stream().limit(LAYERS.size() - 1L);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aPackageDependsOnlyOnThoseBelowIt(String layer) {
        List<String> above = new ArrayList<>(LAYERS.subList(LAYERS.indexOf(layer) + 1, LAYERS.size()));
        noClasses()
                .that()
                .resideInAPackage(layer)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above.toArray(String[]::new))
                .check(CORE);
    }

    @Test
    void providersDoNotKnowTheReceiver() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".extracta", ROOT + ".formflow", ROOT + ".standardwebhooks")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".receive", ROOT + ".observe", ROOT + ".config")
                .check(CORE);
    }

    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages of core";
        }
    }
}
