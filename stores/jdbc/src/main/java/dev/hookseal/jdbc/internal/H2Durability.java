package dev.hookseal.jdbc.internal;

import dev.hookseal.WebhookConfigurationException;
import java.sql.SQLException;

/** Whether an H2 database keeps what it has committed when its process is killed. */
public final class H2Durability {
    private static final String PATH = "call database_path()";
    private static final String WRITE_DELAY =
            "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'";

    private H2Durability() {}

    /**
     * Checks it.
     *
     * @param url for the message
     * @param otherwise what a process that is killed does otherwise, such as "loses deliveries"
     * @throws WebhookConfigurationException if the database is in a file and writes later than it commits
     */
    public static void check(Statements statements, String url, String otherwise) throws SQLException {
        boolean isInFile = statements.query(PATH, row -> row.getString(1)) != null;
        String delay = statements.query(WRITE_DELAY, row -> row.getString(1));
        if (isInFile && !"0".equals(delay)) {
            throw new WebhookConfigurationException(
                    "The H2 database " + url + " is in a file and writes up to " + delay + " ms after it has committed,"
                            + " so that a process that is killed " + otherwise,
                    "add ;WRITE_DELAY=0 to its URL");
        }
    }
}
