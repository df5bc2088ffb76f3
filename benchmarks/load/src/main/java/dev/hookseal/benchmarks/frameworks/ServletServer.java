package dev.hookseal.benchmarks.frameworks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.servlet.WebhookFilter;
import dev.hookseal.signature.SigningSecret;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** Servlets in an embedded Tomcat. */
public final class ServletServer {
    private ServletServer() {}

    /** Starts it. */
    public static void main(String[] args) throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setHostname("127.0.0.1");
        tomcat.getConnector().setPort(Integer.parseInt(System.getenv("PORT")));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        // Opening a new one after every 100 requests would be measured, too.
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        tomcat.addContext("", new File(".").getAbsolutePath())
                .addServletContainerInitializer((classes, context) -> map(context), Set.of());
        tomcat.start();
        tomcat.getServer().await();
    }

    private static void map(ServletContext context) {
        WebhookReceiver<?> receiver = WebhookReceiver.of(
                new ExtractaProvider(),
                EndpointSettings.builder("extracta")
                        .secret(SigningSecret.ofUtf8(System.getenv("EXTRACTA_SECRET")))
                        .build());
        context.addFilter("verified", WebhookFilter.of(receiver))
                .addMappingForUrlPatterns(
                        EnumSet.of(DispatcherType.REQUEST), false, "/verified", "/verified-and-bound");
        context.addServlet("verified", new VerifiedServlet(Handler::verified)).addMapping("/verified");
        context.addServlet("verified-and-bound", new VerifiedServlet(Handler::verifiedAndBound))
                .addMapping("/verified-and-bound");
        context.addServlet("bytes", new BytesServlet()).addMapping("/bytes");
        context.addServlet("typed", new TypedServlet()).addMapping("/typed");
    }

    private static final class VerifiedServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient Consumer<ExtractaEvent> handler;

        VerifiedServlet(Consumer<ExtractaEvent> handler) {
            this.handler = handler;
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {
            handler.accept(WebhookFilter.verified(request, ExtractaEvent.class).event());
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
    }

    private static final class BytesServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Handler.bytes(request.getInputStream().readAllBytes());
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
    }

    private static final class TypedServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private static final ObjectMapper MAPPER = new ObjectMapper();

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Handler.typed(MAPPER.readValue(request.getInputStream(), Delivery.class));
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
    }
}
