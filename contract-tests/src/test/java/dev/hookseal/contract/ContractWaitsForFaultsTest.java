package dev.hookseal.contract;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract finds faults that it has to wait for. Another JVM runs {@link ContractFindsFaultsTest} meanwhile. */
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
