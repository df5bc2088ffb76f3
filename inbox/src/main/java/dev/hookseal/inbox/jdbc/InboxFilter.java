package dev.hookseal.inbox.jdbc;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries of an inbox: those that meet all conditions which are set.
 *
 * <pre>{@code
 * InboxFilter.of(InboxStatus.PARKED).endpoint("formflow").errorContains("timed out")
 * }</pre>
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class InboxFilter {
    /** Every delivery. */
    public static final InboxFilter ALL = new InboxFilter(List.of());

    private final List<Condition> conditions;

    private record Condition(String sql, List<Object> values) {}

    private InboxFilter(List<Condition> conditions) {
        this.conditions = conditions;
    }

    /** Returns a filter for a status. */
    public static InboxFilter of(InboxStatus status) {
        return ALL.status(status);
    }

    /** Returns this one, for a status. */
    public InboxFilter status(InboxStatus status) {
        return and("inbox_status = ?", status.number());
    }

    /** Returns this one, for an endpoint. */
    public InboxFilter endpoint(String name) {
        return and("task_name = ?", name);
    }

    /** Returns this one, for an event, by its name as {@link InboxEntry#eventName()} has it. */
    public InboxFilter event(String name) {
        return and("event_name = ?", name);
    }

    /** Returns this one, for deliveries whose last error contains a text; case counts. */
    public InboxFilter errorContains(String text) {
        String literal = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return and("last_error like ? escape '\\'", "%" + literal + "%");
    }

    /** Returns this one, for deliveries that were accepted at this time or later. */
    public InboxFilter acceptedFrom(Instant time) {
        return and("accepted_at >= ?", time.atOffset(ZoneOffset.UTC));
    }

    /** Returns this one, for deliveries that were accepted before this time. */
    public InboxFilter acceptedBefore(Instant time) {
        return and("accepted_at < ?", time.atOffset(ZoneOffset.UTC));
    }

    InboxFilter key(String key) {
        return and("task_instance = ?", key);
    }

    InboxFilter withContent() {
        return and("task_data is not null");
    }

    InboxFilter after(@Nullable InboxEntry entry) {
        if (entry == null) {
            return this;
        }
        return and("(accepted_at, task_instance) > (?, ?)", entry.acceptedAt().atOffset(ZoneOffset.UTC), entry.key());
    }

    private InboxFilter and(String sql, Object... values) {
        List<Condition> all = new ArrayList<>(conditions);
        all.add(new Condition(sql, List.of(values)));
        return new InboxFilter(List.copyOf(all));
    }

    /** Returns {@code where} and the conditions; empty if there are none. */
    String where() {
        StringBuilder where = new StringBuilder();
        for (Condition condition : conditions) {
            where.append(where.isEmpty() ? " where " : " and ").append(condition.sql);
        }
        return where.toString();
    }

    /** Returns the parameters of the conditions, behind others. */
    Object[] parameters(Object... before) {
        List<Object> all = new ArrayList<>(List.of(before));
        conditions.forEach(condition -> all.addAll(condition.values));
        return all.toArray();
    }
}
