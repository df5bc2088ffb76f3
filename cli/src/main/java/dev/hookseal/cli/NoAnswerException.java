package dev.hookseal.cli;

import java.io.IOException;
import java.io.Serial;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

/** No one answered at a URL; the message is a sentence. */
final class NoAnswerException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private NoAnswerException(String message, IOException cause) {
        super(message, cause);
    }

    static NoAnswerException of(URI uri, Duration timeout, IOException e) {
        String server = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        if (e instanceof HttpTimeoutException) {
            return new NoAnswerException(
                    "There was no answer from " + server + " within " + timeout.toMillis() + " ms (--timeout)", e);
        }
        if (e instanceof ConnectException) {
            return new NoAnswerException(
                    isUnknownHost(e)
                            ? "There is no host " + uri.getHost() + ": check the URL, and the name service"
                            : "No one answers at " + server + ": the connection was not accepted",
                    e);
        }
        return new NoAnswerException("The connection to " + server + " failed: " + e, e);
    }

    private static boolean isUnknownHost(Throwable e) {
        return e instanceof UnresolvedAddressException || (e.getCause() != null && isUnknownHost(e.getCause()));
    }
}
