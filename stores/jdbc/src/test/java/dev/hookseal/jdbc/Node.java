package dev.hookseal.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.fixture.database.Sql;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.servlet.WebhookFilter;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.DeliveryStore;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A node: an endpoint for FormFlow in an embedded Tomcat on 127.0.0.1, with a store in a database. */
public final class Node implements AutoCloseable {
    static final String SECRET = "whsec-of-the-nodes";
    static final String PATH = "/webhooks/formflow";

    private final Tomcat tomcat = new Tomcat();

    /** What a node does with an event. */
    @FunctionalInterface
    interface Handler {
        void handle(FormFlowEvent event) throws Exception;
    }

    Node(DeliveryStore store, Clock clock, Handler handler) throws LifecycleException, IOException {
        Path folder = Files.createDirectories(Path.of("target", "tomcat").toAbsolutePath());
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.builder(
                        new FormFlowProvider(),
                        EndpointSettings.builder("formflow")
                                .secret(SigningSecret.ofUtf8(SECRET))
                                .clock(clock)
                                .build())
                .store(store)
                .build();
        Context context = tomcat.addContext("", folder.toString());
        FilterDef filter = new FilterDef();
        filter.setFilterName("webhooks");
        filter.setFilter(WebhookFilter.of(receiver));
        filter.setAsyncSupported("true");
        context.addFilterDef(filter);
        FilterMap map = new FilterMap();
        map.setFilterName("webhooks");
        map.addURLPattern(PATH);
        context.addFilterMap(map);
        Tomcat.addServlet(context, "handler", new HandlerServlet(handler)).setAsyncSupported(true);
        context.addServletMappingDecoded(PATH, "handler");
        tomcat.start();
    }

    private static final class HandlerServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient Handler handler;

        HandlerServlet(Handler handler) {
            this.handler = handler;
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                handler.handle(
                        WebhookFilter.verified(request, FormFlowEvent.class).event());
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            } catch (Exception e) {
                response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            }
        }
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /**
     * Starts a node as a process, and prints its port. It notes each event that it handles in the table
     * {@code handled}; one whose id begins with {@code stuck} is never done, which it prints.
     *
     * @param args the URL of the database, and by how much the node's clock is ahead
     */
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        HikariDataSource pool = PostgresServer.pool(args[0]);
        Sql.execute(pool, "create table if not exists handled (event_id varchar(100) not null)");
        Node node = new Node(
                JdbcDeliveryStore.of(pool), Clock.offset(Clock.systemUTC(), Duration.parse(args[1])), event -> {
                    note(pool, event.eventId());
                    if (event.eventId().startsWith("stuck")) {
                        out.println("handling");
                        new CountDownLatch(1).await();
                    }
                });
        out.println(node.port());
        node.tomcat.getServer().await();
    }

    private static void note(DataSource dataSource, String eventId) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into handled (event_id) values (?)")) {
            insert.setString(1, eventId);
            insert.executeUpdate();
        }
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
