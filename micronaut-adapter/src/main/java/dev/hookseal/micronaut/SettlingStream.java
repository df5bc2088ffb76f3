package dev.hookseal.micronaut;

import io.micronaut.core.io.buffer.ReferenceCounted;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
    private final AdmittedRun run;
    private final int status;
    private final Executor blocking;

    /**
     * Creates a stream.
     *
     * @param status that of the response
     * @param blocking where the delivery is settled
     */
    SettlingStream(Publisher<Object> parts, AdmittedRun run, int status, Executor blocking) {
        this.parts = parts;
        this.run = run;
        this.status = status;
        this.blocking = blocking;
    }

    @Override
    public void subscribe(Subscriber<? super Object> sender) {
        parts.subscribe(new Settling(sender));
    }

    private final class Settling implements Subscriber<Object>, Subscription {
        private final Subscriber<? super Object> sender;
        private volatile boolean left;
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
            left = true;
            subscription().request(1);
        }

        @Override
        public void onNext(Object part) {
            if (!left) {
                begun = true;
                sender.onNext(part);
                return;
            }
            if (part instanceof ReferenceCounted counted) {
                counted.release();
            }
            subscription().cancel();
            settle(run.delivery()::failed, () -> {});
        }

        @Override
        public void onError(Throwable error) {
            settle(
                    () -> {
                        if (begun) {
                            run.delivery().failedAfterAnswer(status, error);
                        } else {
                            run.delivery().failed(error);
                        }
                    },
                    () -> sender.onError(error));
        }

        @Override
        public void onComplete() {
            settle(() -> run.delivery().answered(status, run.thrown()), sender::onComplete);
        }

        private void settle(Runnable how, Runnable next) {
            Runnable both = () -> {
                try {
                    how.run();
                } finally {
                    if (!left) {
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
