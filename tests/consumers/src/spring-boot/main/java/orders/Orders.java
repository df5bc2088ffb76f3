package orders;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What the application does with an event. */
public class Orders {
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    /** The next calls of {@link #receive} fail. */
    public void fail(int times) {
        failures.set(times);
    }

    public void receive(String id) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the database is down");
        }
        received.add(id);
    }

    public int times(String id) {
        return (int) received.stream().filter(id::equals).count();
    }
}
