package dev.hookseal.jdbc;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.jdbc.internal.H2Durability;
import dev.hookseal.jdbc.internal.Statements;
import java.sql.SQLException;
import java.util.UUID;

/** H2, within this process or as a server. */
final class H2 extends InsertOrUpdate {
    private static final String KEY_TYPE = "select data_type from information_schema.columns"
            + " where lower(table_name) = 'hookseal_delivery' and lower(column_name) = 'delivery_key'"
            + " and table_schema = current_schema";

    H2() {
        super(
                "h2",
                "current_timestamp(6)",
                "dateadd('MILLISECOND', ?, current_timestamp(6))",
                "fetch first ? rows only");
    }

    @Override
    Object parameter(UUID token) {
        return token;
    }

    @Override
    public void checkDatabase(Statements statements, String url) throws SQLException {
        H2Durability.check(statements, url, "forgets deliveries which it has handled");
        // so it is where the URL has IGNORECASE=TRUE
        if (!"CHARACTER VARYING".equals(statements.query(KEY_TYPE, row -> row.getString(1)))) {
            throw new WebhookConfigurationException(
                    "The column delivery_key of hookseal_delivery in " + url
                            + " takes upper and lower case for the same",
                    "make it a varchar(250), and remove IGNORECASE from the URL");
        }
    }
}
