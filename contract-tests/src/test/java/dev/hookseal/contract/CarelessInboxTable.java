package dev.hookseal.contract;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.contract.ContractInbox.State;
import dev.hookseal.inbox.Acceptance;
import dev.hookseal.inbox.StoredDelivery;
import dev.hookseal.signature.SignedContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of an inbox share: its rows, and those that the application writes, in memory, with one fault at a time. Each
 * method is one statement, and sees no half of another one, unless the fault makes it several.
 */
final class CarelessInboxTable {
    private static final Duration SILENCE_OF_THE_DEAD = Duration.ofMinutes(1);
    private static final Duration POSTPONED_FOR = Duration.ofSeconds(30);
    private static final Duration LONGEST_WITHOUT_LISTENER = Duration.ofHours(1);
    private static final JsonMapper JSON = new JsonMapper();

    private final InboxFault fault;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final List<String> written = new ArrayList<>();
    private final RaceWindow checks = new RaceWindow();
    private final RaceWindow looks = new RaceWindow();

    /** One delivery. */
    private static final class Row {
        private final StoredDelivery delivery;
        private final byte[] stored;
        private State state = State.OPEN;
        private Instant acceptedAt;
        private Instant due;
        private int failures;
        private @Nullable UUID token;
        private @Nullable Instant takenAt;
        private @Nullable NodeProcess holder;
        private @Nullable Instant withoutListenerSince;
        private @Nullable Instant expires;

        Row(StoredDelivery delivery, byte[] stored, Instant now) {
            this.delivery = delivery;
            this.stored = stored;
            this.acceptedAt = now;
            this.due = now;
        }

        private void free() {
            token = null;
            takenAt = null;
            holder = null;
        }
    }

    /** The workers of one node, as the table knows them. */
    static final class NodeProcess {
        private Instant seen;
        private boolean ended;

        NodeProcess(Instant now) {
            this.seen = now;
        }
    }

    /** A delivery that a worker has. */
    record Taken(String key, UUID token, int number, SignedContent content) {}

    CarelessInboxTable(InboxFault fault) {
        this.fault = fault;
    }

    boolean is(InboxFault one) {
        return fault == one;
    }

    /** Passes the time between a commit and a completion, in which both can be looked at. */
    void passUntilSeen() {
        // one of each kind, and one that had begun
        looks.pass(3);
    }

    Acceptance accept(StoredDelivery delivery, Instant now) {
        if (is(InboxFault.CHECKS_THEN_INSERTS)) {
            boolean known = isKnown(delivery, now);
            checks.pass(1);
            return known ? Acceptance.DUPLICATE : insert(delivery, now);
        }
        synchronized (this) {
            return isKnown(delivery, now) ? Acceptance.DUPLICATE : insert(delivery, now);
        }
    }

    private synchronized boolean isKnown(StoredDelivery delivery, Instant now) {
        checks.statement();
        rows.values().removeIf(row -> isOver(row, now));
        return rows.containsKey(name(delivery.key().value()));
    }

    private boolean isOver(Row row, Instant now) {
        return (row.expires != null && !now.isBefore(row.expires))
                || (is(InboxFault.FORGETS_WHAT_WAITS)
                        && !now.isBefore(row.acceptedAt.plus(row.delivery.key().retention())));
    }

    private synchronized Acceptance insert(StoredDelivery delivery, Instant now) {
        rows.put(name(delivery.key().value()), new Row(delivery, stored(delivery), now));
        return Acceptance.ACCEPTED;
    }

    private byte[] stored(StoredDelivery delivery) {
        byte[] stored = delivery.content().toStored();
        if (is(InboxFault.CUTS_LARGE_BODIES)) {
            return Arrays.copyOf(stored, Math.min(stored.length, 1 << 20));
        }
        if (!is(InboxFault.WRITES_THE_BODY_AGAIN)) {
            return stored;
        }
        try {
            byte[] body = delivery.content().bytes();
            byte[] again = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(JSON.readTree(body));
            int before = stored.length - body.length;
            byte[] changed = Arrays.copyOf(stored, before + again.length);
            System.arraycopy(again, 0, changed, before, again.length);
            return changed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String name(String key) {
        return switch (fault) {
            case FOLDS_CASE -> key.toLowerCase(Locale.ROOT);
            case CUTS_LONG_KEYS -> key.substring(0, Math.min(key.length(), 100));
            default -> key;
        };
    }

    /** Takes a delivery that is due; null if there is none. */
    @Nullable
    Taken take(NodeProcess process, Set<String> endpoints, Instant now) {
        if (is(InboxFault.CHECKS_THEN_TAKES)) {
            Row row = next(endpoints, now);
            checks.pass(1);
            return row == null ? null : take(row, process, now);
        }
        synchronized (this) {
            Row row = next(endpoints, now);
            return row == null || process.ended ? null : take(row, process, now);
        }
    }

    private synchronized @Nullable Row next(Set<String> endpoints, Instant now) {
        checks.statement();
        rows.values().removeIf(row -> isOver(row, now));
        Stream<Row> open = rows.values().stream()
                .filter(row -> row.state == State.OPEN
                        || (row.state == State.DISCARDED && is(InboxFault.HANDLES_WHAT_IS_DISCARDED)))
                .filter(row -> endpoints.contains(row.delivery.endpoint()));
        return (is(InboxFault.WAITS_FOR_WHAT_FAILED_BEFORE) ? open.limit(1) : open)
                .filter(row -> !now.isBefore(row.due) && !isHeld(row, now))
                .findFirst()
                .orElse(null);
    }

    private boolean isHeld(Row row, Instant now) {
        if (row.holder == null || row.takenAt == null) {
            return false;
        }
        Instant sign = is(InboxFault.KEEPS_NO_HEARTBEAT) ? row.takenAt : row.holder.seen;
        return now.isBefore(sign.plus(SILENCE_OF_THE_DEAD));
    }

    private synchronized Taken take(Row row, NodeProcess process, Instant now) {
        UUID token = UUID.randomUUID();
        row.token = token;
        row.takenAt = now;
        row.holder = process;
        return new Taken(row.delivery.key().value(), token, row.failures + 1, SignedContent.ofStored(row.stored));
    }

    /** Returns whether a delivery is due, or a process that lives has one. */
    synchronized boolean isBusy(Set<String> endpoints, Instant now) {
        return next(endpoints, now) != null
                || rows.values().stream()
                        .anyMatch(row -> row.state == State.OPEN && row.holder != null && !row.holder.ended);
    }

    /** Notes that a process lives. */
    synchronized void seen(NodeProcess process, Instant now) {
        process.seen = now;
    }

    /** Ends a process, and gives back what it has. */
    synchronized void end(NodeProcess process, Instant now) {
        process.ended = true;
        if (!is(InboxFault.HOLDS_WHAT_A_STOPPED_NODE_HAD)) {
            rows.values().stream().filter(row -> row.holder == process).forEach(row -> {
                row.free();
                row.due = now;
            });
        }
    }

    synchronized boolean isMine(Taken taken) {
        Row row = rows.get(name(taken.key()));
        return row != null
                && (is(InboxFault.KNOWS_NO_FENCE)
                        || (row.token != null && (is(InboxFault.KNOWS_NO_TOKEN) || row.token.equals(taken.token()))));
    }

    private synchronized boolean settle(Taken taken, Consumer<Row> change) {
        if (!isMine(taken)) {
            return false;
        }
        Row row = rows.get(name(taken.key()));
        row.free();
        change.accept(row);
        return true;
    }

    /**
     * Marks a delivery as handled, and makes visible what its listener has written.
     *
     * @return false, with no change, if it was taken from the worker
     */
    synchronized boolean complete(Taken taken, List<String> writes, Instant now) {
        return settle(taken, row -> {
            written.addAll(writes);
            end(row, State.HANDLED, now);
            if (is(InboxFault.FORGETS_AT_ONCE)) {
                rows.values().remove(row);
            }
        });
    }

    private void end(Row row, State state, Instant now) {
        row.free();
        row.state = state;
        row.expires = is(InboxFault.REMEMBERS_FOR_EVER)
                ? null
                : now.plus(row.delivery.key().retention());
    }

    /** Records a failed attempt, and parks the delivery after the last one. */
    boolean fail(Taken taken, boolean pointless, Instant now) {
        return settle(taken, row -> {
            row.failures++;
            if (pointless || (row.failures >= InboxContract.MAX_ATTEMPTS && !is(InboxFault.TRIES_FOR_EVER))) {
                park(row);
            } else {
                row.due = is(InboxFault.TRIES_WITHOUT_A_WAIT) ? now : now.plus(InboxContract.FIRST_WAIT);
            }
        });
    }

    /** Leaves a delivery to others for a while, without a failed attempt. */
    boolean postpone(Taken taken, Instant now) {
        return settle(taken, row -> row.due = now.plus(POSTPONED_FOR));
    }

    /** Leaves a delivery to another version of the application, unless there has been no listener for some time. */
    boolean postponeWithoutListener(Taken taken, Instant now) {
        return settle(taken, row -> {
            if (row.withoutListenerSince == null) {
                row.withoutListenerSince = now;
            }
            boolean forLong = !now.isBefore(row.withoutListenerSince.plus(LONGEST_WITHOUT_LISTENER));
            if (is(InboxFault.PARKS_WITHOUT_A_LISTENER) || (forLong && !is(InboxFault.WAITS_FOR_A_LISTENER_FOR_EVER))) {
                park(row);
            } else {
                row.due = now.plus(POSTPONED_FOR);
            }
        });
    }

    private void park(Row row) {
        row.state = State.PARKED;
        if (is(InboxFault.LOSES_PARKED)) {
            rows.values().remove(row);
        }
    }

    synchronized State state(String key) {
        looks.statement();
        Row row = rows.get(name(key));
        return row == null ? State.ABSENT : row.state;
    }

    synchronized boolean rerun(String key, Instant now) {
        return change(key, row -> row.state == State.PARKED || is(InboxFault.RERUNS_TWICE), row -> {
            row.state = State.OPEN;
            row.failures = is(InboxFault.RERUNS_THE_LAST_ATTEMPT_ONLY) ? row.failures - 1 : 0;
            row.withoutListenerSince = null;
            row.due = now;
        });
    }

    synchronized boolean discard(String key, Instant now) {
        return change(
                key,
                row -> row.state == State.PARKED
                        || (row.state == State.OPEN && (row.holder == null || is(InboxFault.DISCARDS_WHAT_RUNS))),
                row -> end(row, State.DISCARDED, now));
    }

    synchronized boolean erase(String key, Instant now) {
        if (is(InboxFault.DELETES_WHAT_IS_ERASED)) {
            return rows.remove(name(key)) != null;
        }
        return change(key, row -> true, row -> end(row, State.DISCARDED, now));
    }

    private boolean change(String key, Predicate<Row> condition, Consumer<Row> change) {
        Row row = rows.get(name(key));
        if (row == null || !condition.test(row)) {
            return false;
        }
        change.accept(row);
        return true;
    }

    /** Commits what a listener has written. */
    synchronized void write(List<String> texts) {
        written.addAll(texts);
    }

    /** Returns what is committed. */
    synchronized List<String> written() {
        looks.statement();
        return List.copyOf(written);
    }

    /** Does to all rows what the passing of time would do. */
    synchronized void timeMoved(Duration by) {
        for (Row row : rows.values()) {
            row.acceptedAt = row.acceptedAt.minus(by);
            row.due = row.due.minus(by);
            row.takenAt = earlier(row.takenAt, by);
            row.withoutListenerSince = earlier(row.withoutListenerSince, by);
            row.expires = earlier(row.expires, by);
        }
    }

    private static @Nullable Instant earlier(@Nullable Instant time, Duration by) {
        return time == null ? null : time.minus(by);
    }
}
