package dev.hookseal.inbox.jdbc;

import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.jdbc.internal.H2Durability;
import dev.hookseal.jdbc.internal.PostgreSqlDurability;
import dev.hookseal.jdbc.internal.Schema;
import dev.hookseal.jdbc.internal.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The words of a database for the statements of the inbox. All times are the database's. */
enum InboxDialect implements Schema.Dialect {
    /** PostgreSQL. {@code now()} is when the transaction began, and a listener's transaction may be long. */
    POSTGRESQL("postgresql", "clock_timestamp()", " on conflict (task_instance) do nothing") {
        @Override
        String later(String millis) {
            return "clock_timestamp() + " + millis + " * interval '1 millisecond'";
        }

        @Override
        String purge() {
            return "delete from hookseal_inbox where ctid = any (array("
                    + "select ctid from hookseal_inbox where expires_at < now() order by expires_at limit ?"
                    + " for update skip locked))";
        }

        @Override
        void keepDuplicate(Statements statements, String key) {
            // what others see is on the disk
        }

        @Override
        Object toColumn(byte[] content) {
            return content;
        }

        @Override
        byte[] content(ResultSet row) throws SQLException {
            return row.getBytes(CONTENT);
        }

        @Override
        void poll(SchedulerBuilder scheduler) {
            // rows are locked when they are read, and no more are read than there are threads
            scheduler.pollUsingLockAndFetch(0.5, 1.0).jdbcCustomization(new PostgreSqlJdbcCustomization(false, false));
        }

        @Override
        public void checkDatabase(Statements statements, String url) throws SQLException {
            PostgreSqlDurability.check(statements, url, "lose deliveries which it has accepted");
        }
    },

    /** H2, for one node. In it, {@code current_timestamp} is when the transaction began. */
    H2("h2", "current_timestamp(6)", "") {
        @Override
        String later(String millis) {
            return "dateadd('MILLISECOND', " + millis + ", current_timestamp(6))";
        }

        @Override
        String purge() {
            return "delete from hookseal_inbox where expires_at < current_timestamp(6) fetch first ? rows only";
        }

        // Others see what is committed before it is in the file, and a commit waits for the file only if it changes
        // something.
        @Override
        void keepDuplicate(Statements statements, String key) throws SQLException {
            statements.update("update hookseal_inbox set retention_ms = retention_ms where task_instance = ?", key);
        }

        @Override
        Object toColumn(byte[] content) {
            return H2Customization.split(content);
        }

        @Override
        byte[] content(ResultSet row) throws SQLException {
            return H2Customization.join(row.getArray(CONTENT));
        }

        @Override
        void poll(SchedulerBuilder scheduler) {
            scheduler.pollUsingFetch(0.5, 1.0).jdbcCustomization(new H2Customization());
        }

        @Override
        public void checkDatabase(Statements statements, String url) throws SQLException {
            H2Durability.check(statements, url, "loses deliveries which it has accepted");
            if (!"CHARACTER VARYING".equals(statements.query(KEY_TYPE, row -> row.getString(1)))) {
                throw new WebhookConfigurationException(
                        "The column task_instance of hookseal_inbox in " + url
                                + " takes upper and lower case for the same",
                        "make it a varchar(250), and remove IGNORECASE from the URL");
            }
        }
    };

    private static final String CONTENT = "task_data";
    private static final String KEY_TYPE = "select data_type from information_schema.columns"
            + " where lower(table_name) = 'hookseal_inbox' and lower(column_name) = 'task_instance'"
            + " and table_schema = current_schema";

    private final String schemaFolder;
    private final String now;
    private final String unlessThere;

    InboxDialect(String schemaFolder, String now, String unlessThere) {
        this.schemaFolder = schemaFolder;
        this.now = now;
        this.unlessThere = unlessThere;
    }

    static InboxDialect of(String product, String url) {
        return switch (product) {
            case "PostgreSQL" -> POSTGRESQL;
            case "H2" -> H2;
            default ->
                throw new WebhookConfigurationException(
                        "The inbox does not run on the database " + product + " at " + url,
                        "use PostgreSQL, or H2 for a single node; name its DataSource bean in"
                                + " hookseal.store.data-source if there are several");
        };
    }

    @Override
    public String schemaFolder() {
        return schemaFolder;
    }

    /** Returns the time. */
    String now() {
        return now;
    }

    /** Returns what is put behind an insert so that a row which is there is no error; empty if there is nothing. */
    String unlessThere() {
        return unlessThere;
    }

    /**
     * Returns a later time.
     *
     * @param millis a parameter or a column
     */
    abstract String later(String millis);

    /** Returns the statement that deletes a parameter of rows whose time is over. */
    abstract String purge();

    /** Makes sure that the row of a delivery which is there already is safe once the transaction is committed. */
    abstract void keepDuplicate(Statements statements, String key) throws SQLException;

    /** Returns what the column of a delivery's content takes. */
    abstract Object toColumn(byte[] content);

    /** Returns the content of a delivery that is not done with, from a row that has its column. */
    abstract byte[] content(ResultSet row) throws SQLException;

    /** Sets how the engine takes deliveries that are due. */
    abstract void poll(SchedulerBuilder scheduler);
}
