package dev.hookseal.formflow.client;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** An answer's body up to a limit: what is larger is not read to its end. */
final class LimitedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> body = BodySubscribers.ofByteArray();
    private final int maxBytes;
    private @Nullable Subscription subscription;
    private int bytes;
    private boolean tooLarge;

    LimitedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        body.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        if (tooLarge) {
            return;
        }
        for (ByteBuffer part : parts) {
            tooLarge |= part.remaining() > maxBytes - bytes;
            bytes += Math.min(part.remaining(), maxBytes - bytes);
        }
        if (tooLarge) {
            if (subscription != null) {
                subscription.cancel();
            }
            body.onError(new IOException("the answer is larger than " + maxBytes + " bytes"));
        } else {
            body.onNext(parts);
        }
    }

    @Override
    public void onError(Throwable throwable) {
        body.onError(throwable);
    }

    @Override
    public void onComplete() {
        if (!tooLarge) {
            body.onComplete();
        }
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body.getBody();
    }
}
