package dev.hookseal.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A Tomcat on 127.0.0.1 and a port of its own, with what a test puts into it, and a client to send to it. */
final class TomcatServer implements AutoCloseable {
    static {
        // the container would print what handlers throw on purpose
        LogManager.getLogManager().reset();
    }

    /** A servlet's service method. */
    @FunctionalInterface
    interface Handler {
        void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private final Tomcat tomcat = new Tomcat();
    private final Path folder;
    private final Context context;
    private int names;

    TomcatServer() {
        try {
            folder = Files.createTempDirectory("hookseal-tomcat");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        context = tomcat.addContext("", folder.toString());
        ErrorReportValve pages = new ErrorReportValve();
        pages.setShowReport(false);
        pages.setShowServerInfo(false);
        tomcat.getHost().getPipeline().addValve(pages);
    }

    TomcatServer filter(String urlPattern, Filter filter, DispatcherType... types) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("filter" + names++);
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName(definition.getFilterName());
        map.addURLPattern(urlPattern);
        for (DispatcherType type : types) {
            map.setDispatcher(type.name());
        }
        context.addFilterMap(map);
        return this;
    }

    TomcatServer servlet(String urlPattern, Handler handler) {
        String name = "servlet" + names++;
        HttpServlet servlet = new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws IOException, ServletException {
                handler.handle(request, response);
            }
        };
        Tomcat.addServlet(context, name, servlet).setAsyncSupported(true);
        context.addServletMappingDecoded(urlPattern, name);
        return this;
    }

    TomcatServer start() {
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String path, Delivery delivery) throws Exception {
        return send(delivery.to(request(path)));
    }

    CompletableFuture<HttpResponse<String>> postAsync(String path, Delivery delivery) {
        return client.sendAsync(delivery.to(request(path)).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpClient client() {
        return client;
    }

    /** A connection for what a client would tidy. */
    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws IOException, LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
