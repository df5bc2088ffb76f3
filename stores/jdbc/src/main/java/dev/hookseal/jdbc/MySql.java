package dev.hookseal.jdbc;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.jdbc.internal.Statements;
import java.sql.SQLException;
import java.util.UUID;

/** MySQL. */
class MySql extends InsertOrUpdate {
    static final String NOW = "utc_timestamp(6)";
    static final String LATER = "utc_timestamp(6) + interval ? * 1000 microsecond";

    private static final String COLLATION = "select collation_name from information_schema.columns"
            + " where table_schema = database() and table_name = 'hookseal_delivery' and column_name = 'delivery_key'";

    MySql() {
        super("mariadb", NOW, LATER, "order by expires_at limit ?");
    }

    @Override
    public final void checkDatabase(Statements statements, String url) throws SQLException {
        String collation = statements.query(COLLATION, row -> row.getString(1));
        if (collation == null || !collation.endsWith("_bin")) {
            throw new WebhookConfigurationException(
                    "The column delivery_key of hookseal_delivery in " + url + " has the collation " + collation
                            + ", which takes different keys for the same",
                    "make it a varchar(250) character set ascii collate ascii_bin, as " + script(SCRIPT) + " does");
        }
    }

    @Override
    final Object parameter(UUID token) {
        return token.toString();
    }
}
