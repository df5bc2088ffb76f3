package dev.hookseal.examples.servlet;

import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.servlet.WebhookFilter;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.io.File;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** Receives the webhooks of Extracta LABS and of FormFlow in an embedded Tomcat. */
public final class ServletExample {
    private final Map<String, String> environment;

    private ServletExample(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Starts it, on 127.0.0.1 and the port in {@code PORT}; on virtual threads if {@code VIRTUAL_THREADS} is
     * {@code true}, which needs JDK 21 or newer.
     */
    public static void main(String[] args) throws LifecycleException {
        start(System.getenv()).getServer().await();
    }

    static Tomcat start(Map<String, String> environment) throws LifecycleException {
        ServletExample example = new ServletExample(environment);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setHostname("127.0.0.1");
        tomcat.getConnector().setPort(Integer.parseInt(environment.getOrDefault("PORT", "8080")));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        // On JDK 21 or newer, a thread for each request: slow senders then do not hold those of the others.
        tomcat.getConnector().setProperty("useVirtualThreads", environment.getOrDefault("VIRTUAL_THREADS", "false"));
        // A slow sender keeps neither a connection nor a thread.
        tomcat.getConnector().setProperty("connectionTimeout", "10000");
        tomcat.getConnector().setProperty("maxSwallowSize", "0");
        WebhookReceiver<?> extracta = example.extracta();
        WebhookReceiver<?> formflow = example.formflow();
        tomcat.addContext("", new File(".").getAbsolutePath())
                .addServletContainerInitializer(
                        (classes, context) -> {
                            map(context, "/webhooks/extracta", extracta, new ExtractaServlet());
                            map(context, "/webhooks/formflow", formflow, new FormFlowServlet());
                        },
                        Set.of());
        tomcat.start();
        return tomcat;
    }

    private WebhookReceiver<?> formflow() {
        Map<String, List<SigningSecret>> secrets = Map.of(
                "extracted", List.of(secret("FORMFLOW_SECRET_EXTRACTED")),
                "export", List.of(secret("FORMFLOW_SECRET_EXPORT")),
                "validation-success", List.of(secret("FORMFLOW_SECRET_VALIDATION_SUCCESS")),
                "error-export", List.of(secret("FORMFLOW_SECRET_ERROR_EXPORT")),
                "error-processing", List.of(secret("FORMFLOW_SECRET_ERROR_PROCESSING")),
                "error-pre-processing", List.of(secret("FORMFLOW_SECRET_ERROR_PRE_PROCESSING")));
        return WebhookReceiver.of(
                new FormFlowProvider(),
                EndpointSettings.builder("formflow")
                        .secrets(SecretSource.byEventType(secrets))
                        .replayWindow(Duration.parse(environment.getOrDefault("FORMFLOW_REPLAY_WINDOW", "PT72H")))
                        .build());
    }

    private SigningSecret secret(String variable) {
        String secret = environment.getOrDefault(variable, "");
        if (secret.isEmpty()) {
            throw new IllegalStateException("Set the environment variable " + variable + " to the signing secret");
        }
        return SigningSecret.ofUtf8(secret);
    }

    private WebhookReceiver<?> extracta() {
        return WebhookReceiver.of(
                new ExtractaProvider(),
                EndpointSettings.builder("extracta")
                        .secret(secret("EXTRACTA_SECRET"))
                        .build());
    }

    // The filter runs before its servlet and lets through what is genuine and new.
    private static void map(ServletContext context, String path, WebhookReceiver<?> receiver, HttpServlet servlet) {
        FilterRegistration.Dynamic filter = context.addFilter(path, WebhookFilter.of(receiver));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, path);
        ServletRegistration.Dynamic registration = context.addServlet(path, servlet);
        registration.setAsyncSupported(true);
        registration.addMapping(path);
    }
}
