package dev.hookseal.contract;

import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The store of one node on a table in memory that several nodes share, with one fault at a time. */
final class CarelessSharedStore implements DeliveryStore {
    private final Table table;
    private final Clock nodeClock;
    private final StoreFault fault;

    /** What is shared. */
    static final class Table {
        private final Map<String, Row> rows = new ConcurrentHashMap<>();
        private final RaceWindow checks = new RaceWindow();
        private final Clock clock;

        Table(Clock clock) {
            this.clock = clock;
        }

        synchronized void purge(StoreFault fault) {
            rows.values()
                    .removeIf(row -> fault == StoreFault.PURGES_CLAIMS
                            ? !row.completed()
                            : !clock.instant().isBefore(row.end()));
        }
    }

    private record Row(UUID token, boolean completed, Instant end) {}

    CarelessSharedStore(Table table, Clock nodeClock, StoreFault fault) {
        this.table = table;
        this.nodeClock = nodeClock;
        this.fault = fault;
    }

    @Override
    public DeliveryClaim claim(DeliveryKey key, Duration lease) {
        return is(StoreFault.CHECKS_THEN_INSERTS) ? claimed(key, lease) : atomically(() -> claimed(key, lease));
    }

    private DeliveryClaim claimed(DeliveryKey key, Duration lease) {
        Row row = table.rows.get(name(key));
        table.checks.statement();
        if (is(StoreFault.CHECKS_THEN_INSERTS)) {
            table.checks.pass(1);
        }
        boolean over = row == null || !now().isBefore(row.end());
        if (is(StoreFault.HOLDS_CLAIMS_FOR_EVER) && row != null && !row.completed()) {
            over = false;
        }
        if (!over && row != null) {
            prolong(key, row, lease);
            return row.completed() ? new DeliveryClaim.Completed() : new DeliveryClaim.InProgress();
        }
        if (is(StoreFault.GRANTS_NOTHING)) {
            return new DeliveryClaim.InProgress();
        }
        UUID token = UUID.randomUUID();
        Duration held = is(StoreFault.ENDS_LEASES_EARLY) ? Duration.ZERO : lease;
        table.rows.put(name(key), new Row(token, false, now().plus(held)));
        return new DeliveryClaim.Granted(token);
    }

    private void prolong(DeliveryKey key, Row row, Duration lease) {
        if (is(StoreFault.PROLONGS_LEASES) && !row.completed()) {
            table.rows.put(name(key), new Row(row.token(), false, now().plus(lease)));
        }
        if (is(StoreFault.PROLONGS_RETENTION) && row.completed()) {
            table.rows.put(name(key), new Row(row.token(), true, now().plus(key.retention())));
        }
    }

    @Override
    public boolean complete(DeliveryKey key, UUID token) {
        return atomically(() -> {
            if (!holds(key, token)) {
                return false;
            }
            Duration kept = is(StoreFault.REMEMBERS_FOR_THE_LEASE) ? Duration.ZERO : key.retention();
            Instant end = is(StoreFault.REMEMBERS_FOR_EVER) ? Instant.MAX : now().plus(kept);
            table.rows.put(name(key), new Row(token, true, end));
            return true;
        });
    }

    @Override
    public boolean release(DeliveryKey key, UUID token) {
        return atomically(
                () -> holds(key, token) && !is(StoreFault.RELEASES_NOTHING) && table.rows.remove(name(key)) != null);
    }

    private boolean holds(DeliveryKey key, UUID token) {
        Row row = table.rows.get(name(key));
        return row != null
                && (is(StoreFault.KNOWS_NO_TOKEN) || row.token().equals(token))
                && (is(StoreFault.COMPLETES_TWICE) || !row.completed())
                && (is(StoreFault.COMPLETES_WHAT_IS_OVER) || now().isBefore(row.end()));
    }

    private <T> T atomically(Supplier<T> call) {
        synchronized (table) {
            return call.get();
        }
    }

    private boolean is(StoreFault one) {
        return fault == one;
    }

    private Instant now() {
        return (is(StoreFault.GOES_BY_THE_NODES_CLOCK) ? nodeClock : table.clock).instant();
    }

    private String name(DeliveryKey key) {
        String value = key.value();
        @Nullable
        String name = switch (fault) {
            case FOLDS_CASE -> value.toLowerCase(Locale.ROOT);
            case CUTS_LONG_KEYS -> value.substring(0, Math.min(value.length(), 200));
            case REJECTS_LONG_KEYS -> value.length() > 100 ? null : value;
            case REMEMBERS_ON_ONE_NODE -> value + System.identityHashCode(this);
            case HAS_ONE_ROW -> "";
            case TAKES_THE_RETENTION_INTO_THE_KEY -> value + key.retention();
            default -> value;
        };
        if (name == null) {
            throw new IllegalStateException("value too long for type character varying(100)");
        }
        return name;
    }
}
