package dev.hookseal.contract;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract finds faults that it has to wait for, all of them at the same time. */
@Execution(ExecutionMode.CONCURRENT)
class ContractWaitsForFaultsTest {
    static Stream<Fault> foundByWaiting() {
        return Arrays.stream(Fault.values()).filter(Fault::isFoundByWaiting);
    }

    @ParameterizedTest
    @MethodSource("foundByWaiting")
    void findsAFault(Fault fault) {
        ContractFindsFaultsTest.assertFound(fault);
    }
}
