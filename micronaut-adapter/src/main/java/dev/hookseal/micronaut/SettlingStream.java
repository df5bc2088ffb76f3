package dev.hookseal.micronaut;

import dev.hookseal.receive.AdmittedDelivery;
import io.micronaut.core.io.buffer.ReferenceCounted;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The parts of an answer whose handler works while they are written. The delivery is settled when the stream ends, and
 * before the sender sees that end.
 *
 * <p>A sender that leaves cancels nothing yet: it may have read the last part, and the handler be done. So this requests
 * one more signal. Its end settles the delivery as if the sender were there; another part cannot be written, and
 * the handler has failed, as one has that writes to a lost connection itself.
 */
final class SettlingStream implements Publisher<Object> {
    private final Publisher<Object> parts;
    private final AdmittedDelivery<?> delivery;
    private final Runnable end;
    private final int status;
    private final Executor blocking;

    /**
     * Creates a stream.
     *
     * @param status that of the response
     * @param end settles the delivery of a stream that has ended without an error
     * @param blocking where the delivery is settled
     */
    SettlingStream(Publisher<Object> parts, AdmittedDelivery<?> delivery, int status, Runnable end, Executor blocking) {
        this.parts = parts;
        this.delivery = delivery;
        this.status = status;
        this.end = end;
        this.blocking = blocking;
    }

    @Override
    public void subscribe(Subscriber<? super Object> sender) {
        parts.subscribe(new Settling(sender));
    }

    private final class Settling implements Subscriber<Object>, Subscription {
        private final Subscriber<? super Object> sender;
        private final AtomicBoolean left = new AtomicBoolean();
        private final AtomicBoolean settled = new AtomicBoolean();
        private @Nullable Subscription handler;
        private volatile boolean begun;

        Settling(Subscriber<? super Object> sender) {
            this.sender = sender;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            handler = subscription;
            sender.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            subscription().request(count);
        }

        @Override
        public void cancel() {
            if (left.compareAndSet(false, true)) {
                subscription().request(1);
            }
        }

        @Override
        public void onNext(Object part) {
            if (!left.get()) {
                begun = true;
                sender.onNext(part);
                return;
            }
            if (part instanceof ReferenceCounted counted) {
                counted.release();
            }
            subscription().cancel();
            settle(delivery::failed, () -> {});
        }

        @Override
        public void onError(Throwable error) {
            settle(
                    () -> {
                        if (begun) {
                            delivery.failedAfterAnswer(status, error);
                        } else {
                            delivery.failed(error);
                        }
                    },
                    () -> sender.onError(error));
        }

        @Override
        public void onComplete() {
            settle(end, sender::onComplete);
        }

        private void settle(Runnable how, Runnable next) {
            if (!settled.compareAndSet(false, true)) {
                return;
            }
            Runnable both = () -> {
                try {
                    how.run();
                } finally {
                    if (!left.get()) {
                        next.run();
                    }
                }
            };
            try {
                blocking.execute(both);
            } catch (RejectedExecutionException e) {
                // the application ends
                both.run();
            }
        }

        private Subscription subscription() {
            if (handler == null) {
                throw new IllegalStateException("not subscribed");
            }
            return handler;
        }
    }
}
