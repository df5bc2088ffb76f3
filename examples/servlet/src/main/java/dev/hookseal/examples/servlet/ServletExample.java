package dev.hookseal.examples.servlet;

import dev.hookseal.EndpointSettings;
import dev.hookseal.WebhookReceiver;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.formflow.FormFlowEventType;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.servlet.WebhookFilter;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import jakarta.servlet.http.HttpServlet;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Receives the webhooks of Extracta LABS and of FormFlow in an embedded Tomcat. */
public final class ServletExample {
    private final Map<String, String> environment;

    private ServletExample(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Starts it, on 127.0.0.1 and the port in {@code PORT}. */
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
        // What the filter refuses as too large, Tomcat reads to its end: else the sender sees a reset in place of the
        // 413.
        tomcat.getConnector().setProperty("maxSwallowSize", "33554432");
        Context context = tomcat.addContext("", new File(".").getAbsolutePath());
        map(context, "/webhooks/extracta", example.extracta(), new ExtractaServlet());
        map(context, "/webhooks/formflow", example.formflow(), new FormFlowServlet());
        tomcat.start();
        return tomcat;
    }

    private WebhookReceiver<?> extracta() {
        return WebhookReceiver.of(
                new ExtractaProvider(),
                EndpointSettings.builder("extracta")
                        .secret(secret("EXTRACTA_SECRET"))
                        .build());
    }

    private WebhookReceiver<?> formflow() {
        Map<String, List<SigningSecret>> secrets = Stream.of(FormFlowEventType.values())
                .filter(type -> type != FormFlowEventType.UNKNOWN)
                .collect(Collectors.toMap(
                        FormFlowEventType::wireName,
                        type -> List.of(secret("FORMFLOW_SECRET_"
                                + type.wireName().toUpperCase(Locale.ROOT).replace('-', '_')))));
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

    // The filter stands before its servlet and lets through what is genuine and new.
    private static void map(Context context, String path, WebhookReceiver<?> receiver, HttpServlet servlet) {
        FilterDef filter = new FilterDef();
        filter.setFilterName(path);
        filter.setFilter(WebhookFilter.of(receiver));
        filter.setAsyncSupported("true");
        context.addFilterDef(filter);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName(path);
        mapping.addURLPattern(path);
        context.addFilterMap(mapping);
        Tomcat.addServlet(context, path, servlet).setAsyncSupported(true);
        context.addServletMappingDecoded(path, path);
    }
}
