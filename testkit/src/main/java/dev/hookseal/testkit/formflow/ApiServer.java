package dev.hookseal.testkit.formflow;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.common.Slf4jNotifier;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.standalone.MappingsSource;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.stubbing.StubMappings;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.util.List;

/** Serves the API with WireMock: the one class that touches it. */
final class ApiServer implements AutoCloseable {
    private final WireMockServer server;

    ApiServer(SubscriptionApi api) {
        server = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                // neither stubs nor extensions that the project under test may have for its own servers
                .mappingSource(new NoFiles())
                .extensionScanningEnabled(false)
                .extensions(new Transformer(api))
                // it would keep secrets and tokens
                .disableRequestJournal()
                .notifier(new Slf4jNotifier(false)));
        server.stubFor(
                WireMock.any(WireMock.anyUrl()).willReturn(WireMock.aResponse().withTransformers(Transformer.NAME)));
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    @Override
    public void close() {
        server.stop();
    }

    private record Transformer(SubscriptionApi api) implements ResponseDefinitionTransformerV2 {
        private static final String NAME = "hookseal-formflow-api";

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            LoggedRequest request = event.getRequest();
            SubscriptionApi.Answer answer = api.answer(
                    request.getMethod().getName(),
                    request.getUrl(),
                    request.getHeader("Authorization"),
                    request.getBody());
            ResponseDefinitionBuilder response = WireMock.aResponse().withStatus(answer.status());
            if (answer.json() != null) {
                response.withHeader("Content-Type", "application/json").withBody(answer.json());
            }
            return response.build();
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public String getName() {
            return NAME;
        }
    }

    // one of its methods is abstract as long as it has not been removed
    @SuppressWarnings("removal")
    private static final class NoFiles implements MappingsSource {
        @Override
        public void loadMappingsInto(StubMappings stubMappings) {}

        @Override
        public void save(List<StubMapping> stubMappings) {}

        @Override
        public void save(StubMapping stubMapping) {}

        @Override
        public void remove(StubMapping stubMapping) {}

        @Override
        public void removeAll() {}
    }
}
