package dev.hookseal.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.hookseal.formflow.client.FormFlowSubscription;
import dev.hookseal.formflow.client.FormFlowSubscriptions;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.FakeExtracta;
import dev.hookseal.testkit.formflow.FakeFormFlow;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

@ExtendWith(FakeProviders.class)
class FakeProvidersTest {
    @Fake
    private static FakeFormFlow atBeforeAll;

    @Fake
    private FakeFormFlow formFlow;

    @Fake
    private FakeExtracta extracta;

    @BeforeAll
    static void fillsStaticFieldsFirst(FakeFormFlow parameter) {
        assertThat(atBeforeAll).isNotNull().isSameAs(parameter);
    }

    @Test
    void givesARunningProvider(FakeFormFlow parameter) {
        assertThat(formFlow).isSameAs(parameter).isSameAs(atBeforeAll);
        try (Receiver<Void> receiver = Receiver.answering(request -> 204)) {
            formFlow.subscribe("extracted", receiver.url());
            extracta.deliverTo(receiver.url());

            formFlow.deliver(FormFlowEvents.extracted()).assertAcknowledgedAtOnce();
            extracta.deliver(ExtractaEvents.processed()).assertAcknowledgedAtOnce();
        }
    }

    @Nested
    class InANestedClass {
        @Fake
        private FakeExtracta nested;

        @Test
        void givesTheSameOne(FakeFormFlow parameter) {
            assertThat(parameter).isSameAs(formFlow);
            assertThat(nested).isSameAs(extracta);
        }
    }

    /** Run by tests below, not by the build. */
    @ExtendWith(FakeProviders.class)
    @TestInstance(Lifecycle.PER_CLASS)
    static class OneInstance {
        private static final List<URI> STARTED = new ArrayList<>();

        @Fake
        static FakeFormFlow formFlow;

        @Nested
        class Inner {
            @Test
            void runs() {
                STARTED.add(formFlow.baseUrl());
            }
        }

        @Test
        void runs() {
            STARTED.add(formFlow.baseUrl());
        }
    }

    @ExtendWith(FakeProviders.class)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class OneAfterTheOther {
        private static final URI URL = URI.create("http://127.0.0.1:1/webhooks");

        @BeforeAll
        static void subscribe(FakeFormFlow formFlow) {
            formFlow.subscribe("export", URL);
        }

        @Test
        void first(FakeFormFlow formFlow, FakeExtracta extracta) {
            formFlow.subscribe("extracted", URL);
            formFlow.unsubscribe(formFlow.subscribe("export", URL));
            formFlow.deliver(FormFlowEvents.extracted());
            formFlow.breakApi();
            extracta.deliverTo(URL);
            extracta.deliver(ExtractaEvents.processed());
        }

        @Test
        void second(FakeFormFlow formFlow, FakeExtracta extracta) {
            assertThat(formFlow.subscriptions())
                    .extracting(FormFlowSubscription::event)
                    .containsExactly("export");
            assertThat(formFlow.deliveries().all()).isEmpty();
            assertThat(formFlow.subscribe("extracted", URL).secret().exposeSecretBytes())
                    .asString()
                    .isEqualTo(formFlow.firstSecret("extracted"));
            assertThat(extracta.deliveries().all()).isEmpty();
            assertThat(extracta).hasToString("FakeProvider[extracta, no URL]");
            assertThat(FormFlowSubscriptions.builder(formFlow.baseUrl())
                            .accessToken(formFlow::accessToken)
                            .build()
                            .list())
                    .hasSize(2);
        }
    }

    static class OnAnotherField {
        @ExtendWith(FakeProviders.class)
        static class Case {
            @Fake
            String text;

            @Test
            void runs() {}
        }
    }

    private static List<TestExecutionResult> run(Class<?> testClass) {
        List<TestExecutionResult> results = new ArrayList<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(testClass))
                                .enableImplicitConfigurationParameters(false)
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest()) {
                                    results.add(result);
                                }
                            }
                        });
        return results;
    }

    @Test
    void runsOneForAClassAndStopsItAfterTheLastTest() {
        List<TestExecutionResult> results = run(OneInstance.class);

        assertThat(results).hasSize(2).allMatch(result -> result.getStatus() == TestExecutionResult.Status.SUCCESSFUL);
        assertThat(OneInstance.STARTED).hasSize(2);
        assertThat(OneInstance.STARTED.get(1)).isEqualTo(OneInstance.STARTED.get(0));
        int port = OneInstance.STARTED.get(0).getPort();
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    }

    @Test
    void undoesWhatATestDid() {
        assertThat(run(OneAfterTheOther.class))
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.getThrowable()).isEmpty());
    }

    @Test
    void saysWhatAMarkedFieldHasToBe() {
        assertThat(run(OnAnotherField.Case.class))
                .hasSize(1)
                .allSatisfy(result -> assertThat(result.getThrowable())
                        .hasValueSatisfying(thrown -> assertThat(thrown)
                                .hasMessageContaining("must be of a type that extends FakeProvider")));
    }
}
