package dev.hookseal.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;

/** A rule that is declared not to be kept, and what is written down of it. */
class DeviationTest {
    private static final String RULE = "rejectsADeliveryWithoutASignature";

    @TempDir
    private Path folder;

    @Test
    void aDeclaredDeviationThatOccursIsNoFailure() {
        assertThat(result(Fault.VERIFIES_NOTHING, RULE)).isEqualTo(TestExecutionResult.successful());
    }

    @Test
    void aDeclaredDeviationThatDoesNotOccurIsAFailure() {
        assertThat(result(Fault.NONE, RULE).getThrowable().orElseThrow())
                .hasMessageContaining("does not occur any longer")
                .hasMessageContaining("it is careless");
    }

    @Test
    void aRuleThatFailsInAnotherWayThanDeclaredIsAFailure() {
        assertThat(result(Fault.GIVES_THE_REASON, RULE).getThrowable().orElseThrow())
                .hasMessageContaining("members of the problem document");
    }

    @Test
    void aDeviationFromNoRuleIsAFailure() {
        Map<String, TestExecutionResult> results =
                CarelessReceiverRun.of(Fault.NONE, Set.of(RULE), Map.of(CarelessSetup.DEVIATION, "rejectsEverything"));

        assertThat(results.get("").getThrowable().orElseThrow())
                .hasMessageContaining("A deviation is declared from rejectsEverything, and the rules are")
                .hasMessageContaining(RULE);
    }

    @Test
    void aDeviationHasAReason() {
        assertThatThrownBy(() -> new Deviation(RULE, " ", "status"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(RULE);
    }

    @Test
    void eachRuleIsALineOfTheReport() throws IOException {
        CarelessReceiverRun.of(
                Fault.GIVES_THE_REASON,
                new TreeSet<>(Set.of("givesNoReason", "acceptsChunks", "verifiesOnce")),
                Map.of("hookseal.contract.report", folder.toString()));

        String runtime =
                "careless receiver, GIVES_THE_REASON, Java " + Runtime.version().feature();
        try (var files = Files.list(folder)) {
            List<Path> reports = files.toList();
            assertThat(reports).hasSize(1);
            assertThat(Files.readString(reports.get(0)).lines())
                    .containsExactly(
                            runtime + "\tGenuineDeliveryRules\tacceptsChunks\tkept\t\t",
                            runtime + "\tDisclosureRules\tgivesNoReason\tbroken\t\t",
                            runtime + "\tIdempotencyRules\tverifiesOnce\tkept\t\t");
        }
    }

    private static TestExecutionResult result(Fault fault, String rule) {
        return CarelessReceiverRun.of(fault, Set.of(rule), Map.of(CarelessSetup.DEVIATION, rule))
                .get(rule);
    }
}
