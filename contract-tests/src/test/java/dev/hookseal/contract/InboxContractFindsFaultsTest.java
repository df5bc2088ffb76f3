package dev.hookseal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;

/** The contract of inboxes finds what is wrong with an inbox, and nothing where nothing is. */
class InboxContractFindsFaultsTest {
    private static final Set<String> RULES = DeviationsAndReport.rules(InboxContract.class);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void findsAFault(InboxFault fault) {
        Map<String, TestExecutionResult> results = run(fault, fault.foundBy());

        assertThat(results.keySet()).isEqualTo(fault.foundBy());
        assertThat(results)
                .allSatisfy((rule, result) ->
                        assertThat(result.getThrowable()).as(rule).containsInstanceOf(AssertionError.class));
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        Map<String, TestExecutionResult> results = run(InboxFault.NONE, RULES);

        assertThat(results.keySet()).isEqualTo(RULES);
        assertThat(results)
                .allSatisfy((rule, result) -> assertThat(result).as(rule).isEqualTo(TestExecutionResult.successful()));
    }

    @Test
    void everyRuleFindsSomething() {
        Set<String> used = Arrays.stream(InboxFault.values())
                .flatMap(fault -> fault.foundBy().stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).isEqualTo(RULES);
    }

    private static Map<String, TestExecutionResult> run(InboxFault fault, Set<String> rules) {
        return CarelessRun.of(CarelessInboxContract.class, fault, rules);
    }
}
