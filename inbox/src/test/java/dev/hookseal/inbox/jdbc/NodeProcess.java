package dev.hookseal.inbox.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.fixture.database.Sql;
import dev.hookseal.inbox.Attempt;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/**
 * An {@link InboxNode} in a separate process. It notes each event that it handles, with its own name, in the table {@code
 * handled}. An event whose id begins with {@code deadly} ends the process, and one whose id begins with {@code stuck} waits
 * until it is told to go on.
 */
final class NodeProcess implements AutoCloseable {
    static final String OPEN = "select count(*) from hookseal_inbox where inbox_status = 0";

    private final Process process;
    private final BufferedReader output;
    private final Writer input;
    private final String name;
    private final int port;

    /** How a node is started. */
    record Settings(String url, boolean transactional, Duration ahead, int maxCrashes) {
        static Settings of(String url) {
            return new Settings(url, true, Duration.ZERO, 3);
        }

        Settings plain() {
            return new Settings(url, false, ahead, maxCrashes);
        }

        Settings ahead(Duration by) {
            return new Settings(url, transactional, by, maxCrashes);
        }

        Settings maxCrashes(int number) {
            return new Settings(url, transactional, ahead, number);
        }
    }

    private NodeProcess(Process process, String name) throws IOException {
        this.process = process;
        this.name = name;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        this.input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
        this.port = Integer.parseInt(read());
    }

    static NodeProcess start(String name, Settings settings) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NodeProcess.class.getName(),
                        name,
                        settings.url,
                        String.valueOf(settings.transactional),
                        settings.ahead.toString(),
                        String.valueOf(settings.maxCrashes)))
                .redirectError(ProcessBuilder.Redirect.appendTo(new File("target/nodes.log")))
                .start();
        return new NodeProcess(process, name);
    }

    /** Creates the table of what was handled. */
    static void createTable(DataSource dataSource) throws SQLException {
        Sql.execute(
                dataSource,
                "create table if not exists handled (event_id varchar(100) not null, node varchar(100) not null)");
    }

    private String read() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("The node " + name + " has ended: see target/nodes.log");
        }
        return line;
    }

    private void write(String command) throws IOException {
        input.write(command + "\n");
        input.flush();
    }

    private void expect(String line) throws IOException {
        String read = read();
        if (!read.equals(line)) {
            throw new IOException("The node " + name + " printed '" + read + "' instead of '" + line + "'");
        }
    }

    int port() {
        return port;
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    /** Has it go no further than a place. */
    void arm(Trap.Place place) throws IOException {
        write("arm " + place);
        expect("armed");
    }

    /** Waits until it is at the place where it was to go no further. */
    void awaitReached() throws IOException {
        expect("reached");
    }

    /** Waits until it handles an event that is stuck. */
    void awaitStuck() throws IOException {
        expect("stuck");
    }

    /** Lets it go on with the event that is stuck. */
    void goOn() throws IOException {
        write("go on");
    }

    /** Returns how its next attempt at the event that was stuck ended. */
    void awaitResult(AttemptResult result) throws IOException {
        expect("result " + result);
    }

    /** Returns how many deliveries are open, by the node itself: a database in a file is open in one process alone. */
    int open() throws IOException {
        write("open");
        return Integer.parseInt(read());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void awaitEnd() {
        process.onExit().join();
    }

    /** Ends it with SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /**
     * Starts a node, and prints its port.
     *
     * @param args as {@link #start} sets them
     */
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        new Running(args, out).run();
    }

    /** A node within its process. */
    private static final class Running {
        private final PrintStream out;
        private final Trap trap;
        private final String name;
        private final DataSource database;
        private final CountDownLatch stuck = new CountDownLatch(1);
        private final InboxNode node;

        Running(String[] args, PrintStream out) throws IOException {
            this.out = out;
            this.trap = new Trap(out);
            this.name = args[0];
            HikariDataSource pool = PostgresServer.pool(
                    args[1] + (args[1].contains("postgres") ? "&ApplicationName=" + name : ""),
                    Duration.ofSeconds(1),
                    20);
            this.database = pool;
            InboxNode.Listener listener = Boolean.parseBoolean(args[2])
                    ? InboxNode.Listener.transactional(
                            (webhook, attempt) -> handle(webhook.event().eventId(), attempt))
                    : InboxNode.Listener.plain(
                            (webhook, attempt) -> handle(webhook.event().eventId()));
            this.node = InboxNode.start(
                    trap.within(pool),
                    Clock.offset(Clock.systemUTC(), Duration.parse(args[3])),
                    listener,
                    workers -> workers.retries(new RetryPolicy(
                                    3, Duration.ofMillis(100), 2, Duration.ofSeconds(1), Integer.parseInt(args[4])))
                            .observer(this::attempted));
        }

        private void handle(String eventId) throws Exception {
            try (Connection connection = database.getConnection()) {
                handle(eventId, connection);
            }
        }

        private void handle(String eventId, Attempt attempt) throws Exception {
            handle(eventId, attempt.connection());
        }

        private void handle(String eventId, Connection connection) throws Exception {
            if (eventId.startsWith("deadly")) {
                Runtime.getRuntime().halt(1);
            }
            try {
                trap.around(Trap.Part.HANDLER, () -> note(eventId, connection));
            } catch (Exception e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            if (eventId.startsWith("stuck") && stuck.getCount() > 0) {
                out.println("stuck");
                stuck.await();
            }
        }

        private int note(String eventId, Connection connection) throws SQLException {
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into handled (event_id, node) values (?, ?)")) {
                insert.setString(1, eventId);
                insert.setString(2, name);
                return insert.executeUpdate();
            }
        }

        private void attempted(AttemptOutcome outcome) {
            if (outcome.key().startsWith(InboxNode.ENDPOINT + ":extracted:stuck")) {
                out.println("result " + outcome.result());
            }
        }

        void run() throws IOException, SQLException {
            out.println(node.port());
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                if (line.startsWith("arm ")) {
                    trap.arm(Trap.Place.of(line.substring("arm ".length())));
                } else if (line.equals("open")) {
                    out.println(Sql.number(database, OPEN));
                } else {
                    stuck.countDown();
                }
            }
            // the test has ended
            Runtime.getRuntime().halt(0);
        }
    }
}
