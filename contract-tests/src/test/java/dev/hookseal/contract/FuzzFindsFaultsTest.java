package dev.hookseal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fuzz finds what is wrong with a receiver, and nothing where nothing is. */
@Tag("full")
class FuzzFindsFaultsTest {
    private static final int REQUESTS = 2_000;

    @Test
    void findsNothingWhereNothingIsWrong() throws Exception {
        assertThat(findings(Fault.NONE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "VERIFIES_NOTHING, 200 to what is not genuine",
        "LETS_THE_UNSIGNED_THROUGH, 200 to what is not genuine",
        "TAKES_THE_FIRST_SIGNATURE, 200 to what is not genuine",
        "ANSWERS_500_TO_GARBAGE, 500 to",
        "READS_WHAT_CONTENT_LENGTH_SAYS, 400 to what is genuine",
        "COMPARES_THE_FIRST_OF_SEVERAL_SIGNATURES, 401 to what is genuine",
        "DROPS_THE_QUERY, 401 to what is genuine",
    })
    void findsAFault(Fault fault, String finding) throws Exception {
        assertThat(findings(fault)).anyMatch(found -> found.startsWith(finding));
    }

    @Test
    void findsAForgeryOfACustomProvider() throws Exception {
        assertThat(findings(Fault.VERIFIES_NOTHING))
                .anyMatch(found -> found.startsWith("200 to what is not genuine\nPOST /custom"));
    }

    @Test
    void tellsHowOftenTheHandlerWasCalled() throws Exception {
        assertThat(findings(Fault.VERIFIES_NOTHING))
                .anyMatch(found -> found.matches("(?s).*The handler was called [12] times for fuzz-\\d-\\d+"));
    }

    private static List<String> findings(Fault fault) throws Exception {
        return new WebhookFuzz() {
            @Override
            protected ContractServer start(ContractApplication application) throws Exception {
                return new CarelessReceiver(application, fault);
            }
        }.run(REQUESTS, 16);
    }
}
