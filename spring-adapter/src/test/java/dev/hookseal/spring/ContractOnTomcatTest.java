package dev.hookseal.spring;

import dev.hookseal.testkit.contract.ContractApplication;
import dev.hookseal.testkit.contract.ContractServer;
import dev.hookseal.testkit.contract.WebhookContract;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.catalina.util.ServerInfo;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The contract on annotated controllers. */
class ContractOnTomcatTest extends WebhookContract {

    @Override
    protected ContractServer start(ContractApplication application) {
        Map<String, Object> properties = new HashMap<>(application.properties());
        properties.put("server.port", 0);
        properties.put("server.address", "127.0.0.1");
        ConfigurableApplicationContext context = new SpringApplicationBuilder(ContractController.class)
                .sources(sources().toArray(Class<?>[]::new))
                .initializers(
                        starting -> starting.getBeanFactory().registerSingleton("contractApplication", application))
                .properties(properties)
                .run("--spring.config.name=contract");
        return new Running(
                context, "Spring Boot " + SpringBootVersion.getVersion() + ", " + server(), RecordedLog.begin());
    }

    List<Class<?>> sources() {
        return List.of(ContractController.Beans.class);
    }

    String server() {
        return "Tomcat " + ServerInfo.getServerNumber();
    }

    private record Running(ConfigurableApplicationContext context, String runtime, RecordedLog recorded)
            implements ContractServer {
        @Override
        public URI address() {
            return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
        }

        @Override
        public String log() {
            return recorded.text();
        }

        @Override
        public void stop() {
            context.close();
            recorded.end();
        }
    }
}
