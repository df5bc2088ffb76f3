package dev.hookseal.spring;

import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractServer;
import dev.hookseal.contract.ProviderEndpoint;
import dev.hookseal.contract.WebhookContract;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.store.DeliveryStore;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.context.WebApplicationContext;

/** The contract on annotated controllers. */
class ContractOnTomcatTest extends WebhookContract {

    /** The store of the contract, in the place of one that configures itself. */
    @Configuration(proxyBeanMethods = false)
    static class StoreOfTheContract {
        @Bean
        DeliveryStore store(ContractApplication application) {
            return application.store();
        }
    }

    @Override
    protected ContractServer start(ContractApplication application) throws Exception {
        Map<String, Object> properties = new HashMap<>(application.properties());
        properties.put("server.port", 0);
        properties.put("server.address", "127.0.0.1");
        ConfigurableApplicationContext context = new SpringApplicationBuilder(ContractController.class)
                .sources(sources().toArray(Class<?>[]::new))
                .initializers(starting -> register(application, (GenericApplicationContext) starting))
                .properties(properties)
                .run(arguments().toArray(String[]::new));
        return new Running((WebApplicationContext) context, CapturedLog.ofHookseal());
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--spring.config.name=contract"));
        // which the file of that name sets, too
        storeProperties().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return arguments;
    }

    void register(ContractApplication application, GenericApplicationContext starting) {
        starting.getBeanFactory().registerSingleton("contractApplication", application);
        for (WebhookProvider<?> provider : application.providers()) {
            starting.getBeanFactory().registerSingleton("provider " + provider.name(), provider);
        }
        for (ProviderEndpoint endpoint : application.providerEndpoints()) {
            ProviderController.register(endpoint, application, starting);
        }
    }

    /** Returns the configuration of a store other than that of the contract. */
    Map<String, String> storeProperties() {
        return Map.of();
    }

    List<Class<?>> sources() {
        return List.of(ContractController.Beans.class, StoreOfTheContract.class);
    }

    private record Running(WebApplicationContext context, CapturedLog recorded) implements ContractServer {
        @Override
        public URI address() {
            return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
        }

        @Override
        public String runtime() {
            return "Spring Boot " + SpringBootVersion.getVersion() + ", "
                    + Objects.requireNonNull(context.getServletContext()).getServerInfo();
        }

        @Override
        public String log() {
            return recorded.text();
        }

        @Override
        public void stop() {
            ((ConfigurableApplicationContext) context).close();
            recorded.close();
        }
    }
}
