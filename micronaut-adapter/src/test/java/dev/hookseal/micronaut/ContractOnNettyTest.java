package dev.hookseal.micronaut;

import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractServer;
import dev.hookseal.contract.WebhookContract;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.store.DeliveryStore;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.version.VersionUtils;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The contract on annotated controllers. */
class ContractOnNettyTest extends WebhookContract {

    @Override
    protected ContractServer start(ContractApplication application) {
        return start(
                application, Map.of(), context -> context.registerSingleton(DeliveryStore.class, application.store()));
    }

    static ContractServer start(
            ContractApplication application, Map<String, String> more, Consumer<ApplicationContext> store) {
        Map<String, Object> properties = new HashMap<>(application.properties());
        properties.putAll(more);
        properties.put("spec", "contract");
        properties.put("micronaut.server.host", "127.0.0.1");
        properties.put("micronaut.server.port", -1);
        ApplicationContext context =
                ApplicationContext.builder().properties(properties).build();
        context.registerSingleton(application);
        application.providers().forEach(context::registerSingleton);
        context.registerSingleton(Clock.class, application.clock());
        context.registerSingleton(DeliveryObserver.class, application.observer());
        store.accept(context);
        return new Running(context.start().getBean(EmbeddedServer.class).start(), CapturedLog.ofHookseal());
    }

    private record Running(EmbeddedServer server, CapturedLog recorded) implements ContractServer {
        @Override
        public URI address() {
            return server.getURI();
        }

        @Override
        public String runtime() {
            return "Micronaut " + VersionUtils.MICRONAUT_VERSION + ", Netty";
        }

        // Micronaut waits for a handler as long as it takes.
        @Override
        public boolean timesOut() {
            return false;
        }

        @Override
        public String log() {
            return recorded.text();
        }

        @Override
        public void stop() {
            server.getApplicationContext().close();
            recorded.close();
        }
    }
}
