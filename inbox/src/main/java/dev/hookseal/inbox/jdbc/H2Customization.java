package dev.hookseal.inbox.jdbc;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import java.io.ByteArrayOutputStream;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How H2 keeps the content of a delivery: as an array, since a {@code varbinary} of H2 ends at 1 MiB, and a {@code blob}
 * lies outside of the row and of its transaction.
 */
final class H2Customization extends DefaultJdbcCustomization {
    private static final int PART = 1 << 20;

    H2Customization() {
        super(false);
    }

    /** Returns what goes into the column. */
    static byte[][] split(byte[] content) {
        byte[][] parts = new byte[(content.length + PART - 1) / PART][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Arrays.copyOfRange(content, i * PART, Math.min((i + 1) * PART, content.length));
        }
        return parts;
    }

    /** Returns what was stored in a column. */
    static byte[] join(Array column) throws SQLException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (Object part : (Object[]) column.getArray()) {
            content.writeBytes((byte[]) part);
        }
        return content.toByteArray();
    }

    @Override
    public void setTaskData(PreparedStatement statement, int index, byte @Nullable [] content) throws SQLException {
        statement.setObject(index, content == null ? null : split(content));
    }

    @Override
    public byte @Nullable [] getTaskData(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? null : join(array);
    }
}
