package dev.hookseal.jdbc;

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
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table, checked or created at the start. */
final class Schema {
    /** Fails where the table or one of its columns is missing. */
    static final String CHECK = "select delivery_key, token, completed, expires_at from hookseal_delivery where 1 = 0";

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    private final Connection connection;
    private final String url;
    private final Dialect dialect;

    private Schema(Connection connection, Duration timeout) throws SQLException {
        this.connection = connection;
        DatabaseMetaData database = connection.getMetaData();
        // what follows may hold a password
        this.url = database.getURL().replaceFirst("[?;].*", "");
        this.dialect = dialect(database, timeout);
    }

    /**
     * Returns the dialect of a database that has the table.
     *
     * @throws WebhookConfigurationException if the database is unknown, lacks the table, or may forget what it committed
     * @throws IllegalStateException if the database does not answer
     */
    static Dialect open(DataSource dataSource, InitializeSchema when, Duration timeout) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            if (!autoCommit) {
                connection.setAutoCommit(true);
            }
            Schema schema = new Schema(connection, timeout);
            schema.check(when);
            if (!autoCommit) {
                connection.setAutoCommit(false);
            }
            return schema.dialect;
        } catch (SQLException e) {
            throw new IllegalStateException("The database of the delivery store does not answer: " + e.getMessage(), e);
        }
    }

    private Dialect dialect(DatabaseMetaData database, Duration timeout) throws SQLException {
        String product = database.getDatabaseProductName();
        return switch (product) {
            case "PostgreSQL" -> new PostgreSql(timeout);
            case "H2" -> new H2();
            case "MariaDB" -> new MariaDb();
            case "MySQL" -> new MySql();
            default ->
                throw new WebhookConfigurationException(
                        "The delivery store does not know the database " + product + " at " + url,
                        "use PostgreSQL, H2, MariaDB or MySQL, or set hookseal.store.type=memory for a single node");
        };
    }

    private void check(InitializeSchema when) throws SQLException {
        if (connection.isReadOnly()) {
            throw new WebhookConfigurationException(
                    "The connections to " + url + " are read-only", "use a data source that may write");
        }
        SQLException missing = missing();
        boolean mayCreate = when == InitializeSchema.ALWAYS || (when == InitializeSchema.EMBEDDED && isEmbedded());
        if (missing != null && mayCreate && SqlStates.isTableMissing(missing)) {
            missing = created();
        }
        if (missing != null) {
            throw new WebhookConfigurationException(
                    "The table hookseal_delivery is missing in " + url + ", or is not as it should be ("
                            + String.valueOf(missing.getMessage())
                                    .replaceAll("\\s+", " ")
                                    .strip() + ")",
                    "run " + dialect.script() + " of hookseal-jdbc there, or set "
                            + JdbcSettings.INITIALIZE_SCHEMA.key() + "=always");
        }
        dialect.checkDatabase(new Statements(connection, 0), url);
    }

    private boolean isEmbedded() {
        return url.startsWith("jdbc:h2:") && !url.matches("jdbc:h2:(tcp|ssl):.*");
    }

    /** Returns why the table cannot be used; null if it can. */
    private @Nullable SQLException missing() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CHECK)) {
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
            statement.execute(script());
            LOG.info("Created the table hookseal_delivery in {}", url);
        } catch (SQLException e) {
            // another node may have been first
            return missing() == null ? null : e;
        }
        return missing();
    }

    private String script() {
        try (InputStream script = Schema.class.getClassLoader().getResourceAsStream(dialect.script())) {
            if (script == null) {
                throw new AssertionError(dialect.script() + " is in the jar of this class");
            }
            return new String(script.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
