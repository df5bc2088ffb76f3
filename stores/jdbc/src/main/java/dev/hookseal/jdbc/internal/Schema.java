package dev.hookseal.jdbc.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookseal.WebhookConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table, checked or created at the start.
 *
 * @param <D> the dialect of the database
 */
public final class Schema<D extends Schema.Dialect> {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    private final Connection connection;
    private final Table table;
    private final String url;
    private final D dialect;

    /**
     * A table.
     *
     * @param user who uses it, for messages
     * @param name its name
     * @param check a query that fails where the table or one of its columns is missing
     * @param script the name of the file that creates it
     * @param artifact the jar of the file
     * @param property the key that says whether it is created
     */
    public record Table(String user, String name, String check, String script, String artifact, String property) {}

    /** What differs by database. */
    public interface Dialect {
        /** Returns the folder of its scripts below {@code dev/hookseal/schema}. */
        String schemaFolder();

        /** Returns the name of one of its scripts on the class path. */
        default String script(String file) {
            return "dev/hookseal/schema/" + schemaFolder() + "/" + file;
        }

        /**
         * Checks that the database keeps what it has committed, and takes each key for itself.
         *
         * @param url for messages
         * @throws WebhookConfigurationException if it does not
         */
        void checkDatabase(Statements statements, String url) throws SQLException;
    }

    /** Finds the dialect of a database. */
    @FunctionalInterface
    public interface Dialects<D> {
        /**
         * Finds it.
         *
         * @param product the name of the database's product
         * @param url for messages
         * @throws WebhookConfigurationException if the database is not supported
         */
        D of(String product, String url);
    }

    /** Says whether a missing table is created. */
    @FunctionalInterface
    public interface Creation {
        /** Returns whether it is, in a database within this process or elsewhere. */
        boolean isWanted(boolean embedded);
    }

    private Schema(Connection connection, Table table, Dialects<D> dialects) throws SQLException {
        this.connection = connection;
        this.table = table;
        DatabaseMetaData database = connection.getMetaData();
        // what follows may hold a password
        this.url = database.getURL().replaceFirst("[?;].*", "");
        this.dialect = dialects.of(database.getDatabaseProductName(), url);
    }

    /**
     * Returns the dialect of a database that has the table.
     *
     * @throws WebhookConfigurationException if the database is unknown, lacks the table, or may forget what it committed
     * @throws IllegalStateException if the database does not answer
     */
    public static <D extends Dialect> D open(
            DataSource dataSource, Creation creation, Table table, Dialects<D> dialects) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            if (!autoCommit) {
                connection.setAutoCommit(true);
            }
            Schema<D> schema = new Schema<>(connection, table, dialects);
            schema.check(creation);
            if (!autoCommit) {
                connection.setAutoCommit(false);
            }
            return schema.dialect;
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The database of the " + table.user() + " does not answer: " + e.getMessage(), e);
        }
    }

    private void check(Creation creation) throws SQLException {
        if (connection.isReadOnly()) {
            throw new WebhookConfigurationException(
                    "The connections to " + url + " are read-only", "use a data source that may write");
        }
        SQLException missing = missing();
        if (missing != null && SqlStates.isTableMissing(missing) && creation.isWanted(isEmbedded())) {
            missing = created();
        }
        if (missing != null) {
            throw new WebhookConfigurationException(
                    "The table " + table.name() + " is missing in " + url + ", or is not as it should be ("
                            + String.valueOf(missing.getMessage())
                                    .replaceAll("\\s+", " ")
                                    .strip() + ")",
                    "run " + script() + " of " + table.artifact() + " there, or set " + table.property() + "=always");
        }
        dialect.checkDatabase(new Statements(connection, 0), url);
    }

    private String script() {
        return dialect.script(table.script());
    }

    private boolean isEmbedded() {
        return url.startsWith("jdbc:h2:") && !url.matches("jdbc:h2:(tcp|ssl):.*");
    }

    /** Returns why the table cannot be used; null if it can. */
    private @Nullable SQLException missing() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(table.check())) {
            statement.executeQuery();
            return null;
        } catch (SQLException e) {
            if (SqlStates.isSchema(e)) {
                return e;
            }
            throw e;
        }
    }

    /** Returns why the table cannot be used, after it was created. */
    private @Nullable SQLException created() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text());
            LOG.info("Created the table {} in {}", table.name(), url);
        } catch (SQLException e) {
            // another node may have been first
            return missing() == null ? null : e;
        }
        return missing();
    }

    private String text() {
        // the class loader of the dialect, which has the script beside it
        try (InputStream script = dialect.getClass().getClassLoader().getResourceAsStream(script())) {
            if (script == null) {
                throw new AssertionError(script() + " is in the jar of " + dialect.getClass());
            }
            return new String(script.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
