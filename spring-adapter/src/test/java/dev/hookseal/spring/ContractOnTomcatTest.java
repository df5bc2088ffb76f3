package dev.hookseal.spring;

import dev.hookseal.testkit.contract.ContractApplication;
import dev.hookseal.testkit.contract.ContractServer;
import dev.hookseal.testkit.contract.WebhookContract;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.context.WebApplicationContext;

/** The contract on annotated controllers. */
class ContractOnTomcatTest extends WebhookContract {

    @Override
    protected ContractServer start(ContractApplication application) {
        Map<String, Object> properties = properties(application);
        properties.put("server.port", 0);
        properties.put("server.address", "127.0.0.1");
        ConfigurableApplicationContext context = new SpringApplicationBuilder(ContractController.class)
                .sources(sources().toArray(Class<?>[]::new))
                .initializers(
                        starting -> starting.getBeanFactory().registerSingleton("contractApplication", application))
                .properties(properties)
                .run("--spring.config.name=contract");
        return new Running((WebApplicationContext) context, RecordedLog.begin());
    }

    List<Class<?>> sources() {
        return List.of(ContractController.Beans.class);
    }

    /** With an endpoint like formflow for each of its routes, since two handlers of one endpoint fail the start. */
    private static Map<String, Object> properties(ContractApplication application) {
        Map<String, Object> properties = new HashMap<>(application.properties());
        for (String endpoint : ContractController.LIKE_FORMFLOW) {
            String prefix = "hookseal.endpoints." + endpoint;
            properties.put(prefix + ".provider", "formflow");
            application.properties().forEach((name, value) -> {
                if (name.startsWith("hookseal.endpoints.formflow.")) {
                    properties.put(name.replace("hookseal.endpoints.formflow", prefix), value);
                }
            });
        }
        return properties;
    }

    private record Running(WebApplicationContext context, RecordedLog recorded) implements ContractServer {
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
            recorded.end();
        }
    }
}
