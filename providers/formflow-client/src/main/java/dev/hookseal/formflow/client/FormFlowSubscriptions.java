package dev.hookseal.formflow.client;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.hookseal.JsonData;
import dev.hookseal.formflow.FormFlowEventType;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of FormFlow's webhook API, after its page "Webhooks": what is subscribed to, and with which secrets.
 *
 * <pre>{@code
 * FormFlowSubscriptions subscriptions = FormFlowSubscriptions.builder(baseUrl)
 *         .accessToken(() -> System.getenv("FORMFLOW_ACCESS_TOKEN"))
 *         .build();
 * FormFlowSubscription extracted = subscriptions.subscribe("extracted", endpoint);
 * }</pre>
 *
 * <p>No call is repeated by itself and no redirect is followed. The access token appears in no message. Safe for use by
 * many threads. All methods throw {@link FormFlowApiException} where the API answers with an error or not in time; an
 * interrupted thread gets it too, and stays interrupted.
 */
public final class FormFlowSubscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(FormFlowSubscriptions.class);
    private static final int MAX_ANSWER_BYTES = 4 * 1024 * 1024;
    private static final String SUBSCRIPTION = "/api/webhook/subscription";

    private final ApiAddress address;
    private final Supplier<String> accessToken;
    private final Duration timeout;
    private final HttpClient client;

    private FormFlowSubscriptions(Builder builder, Supplier<String> accessToken) {
        this.address = builder.address;
        this.accessToken = accessToken;
        this.timeout = builder.timeout;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Begins a client.
     *
     * @param baseUrl the part before {@code /api/webhook}
     * @throws IllegalArgumentException if it is not an absolute HTTP URL, or has user info, a query or a fragment, or
     *     is not encrypted though its host is not this machine: the access token would be sent in the clear
     */
    public static Builder builder(URI baseUrl) {
        return new Builder(new ApiAddress(baseUrl));
    }

    /**
     * Returns all subscriptions of the account, in the order of the answer. One that lacks an id, an event, a URL or a
     * secret is left out and logged.
     */
    public List<FormFlowSubscription> list() {
        Call call = new Call("GET", "/api/webhook/subscriptions");
        Answer answer = send(call, BodyPublishers.noBody());
        if (!(answer.json() instanceof List<?> elements)) {
            throw FormFlowApiException.unexpected(call.toString(), answer.status(), "the answer is not a list", null);
        }
        List<FormFlowSubscription> subscriptions = new ArrayList<>();
        int position = 0;
        for (Object element : elements) {
            FormFlowSubscription subscription = FormFlowSubscription.read(element);
            if (subscription == null) {
                LOG.warn("{}: element {} has no id, event, url or secret, and is left out", call, position);
            } else {
                subscriptions.add(subscription);
            }
            position++;
        }
        return List.copyOf(subscriptions);
    }

    /** Returns one subscription. */
    public FormFlowSubscription get(String id) {
        Call call = new Call("GET", pathOf(id));
        Answer answer = send(call, BodyPublishers.noBody());
        FormFlowSubscription subscription = FormFlowSubscription.read(answer.json());
        if (subscription == null) {
            throw FormFlowApiException.unexpected(
                    call.toString(), answer.status(), "the answer is not a subscription", null);
        }
        return subscription;
    }

    /**
     * Subscribes to an event. The API answers with the subscription, its secret included. If the answer is something else,
     * the subscription is looked up in the list.
     *
     * @param event the name as the provider spells it; see {@link FormFlowEventType#wireName()}. It is sent as it is: the
     *     API decides which events it accepts
     * @throws IllegalArgumentException if the event is empty, or the URL is not an absolute HTTP URL
     */
    public FormFlowSubscription subscribe(String event, URI url) {
        Call call = new Call("POST", SUBSCRIPTION);
        Answer answer = send(call, eventAndUrl(event, url));
        FormFlowSubscription subscription = FormFlowSubscription.read(answer.json());
        if (subscription != null) {
            return subscription;
        }
        return list().stream()
                .filter(listed -> listed.event().equals(event) && listed.url().equals(url.toString()))
                .max(Comparator.comparing(FormFlowSubscriptions::age))
                .orElseThrow(() -> FormFlowApiException.unexpected(
                        call.toString(), answer.status(), "the subscription is not in the list", null));
    }

    static Instant age(FormFlowSubscription subscription) {
        return subscription.createdAt() == null ? Instant.MIN : subscription.createdAt();
    }

    /**
     * Has a subscription's event delivered to another URL.
     *
     * @return the subscription as the API then gives it
     * @throws IllegalArgumentException if the URL is not an absolute HTTP URL
     */
    public FormFlowSubscription update(FormFlowSubscription subscription, URI url) {
        // whether the URL alone is enough is not documented
        send(new Call("PUT", pathOf(subscription.id())), eventAndUrl(subscription.event(), url));
        return get(subscription.id());
    }

    /** Removes a subscription. */
    public void delete(String id) {
        send(new Call("DELETE", pathOf(id)), BodyPublishers.noBody());
    }

    private static String pathOf(String id) {
        if (id.isEmpty() || id.equals(".") || id.equals("..")) {
            throw new IllegalArgumentException("This is not the id of a subscription: \"" + id + "\"");
        }
        return SUBSCRIPTION + "/"
                + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static BodyPublisher eventAndUrl(String event, URI url) {
        if (event.isBlank()) {
            throw new IllegalArgumentException("An event's name is needed, such as extracted");
        }
        ApiAddress.checkHttp("The URL to deliver to", url);
        return BodyPublishers.ofString("{\"event\":" + quoted(event) + ",\"url\":" + quoted(url.toString()) + "}");
    }

    private static String quoted(String text) {
        return "\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    /** A call, for messages: without the host, and without what is sent. */
    private record Call(String method, String path) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** Returns the JSON of an answer; null if it is not JSON. */
    private record Answer(int status, @Nullable Object json) {}

    private Answer send(Call call, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(call.path()))
                .method(call.method(), body)
                .timeout(timeout)
                .header("Authorization", "Bearer " + token())
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .build();
        HttpResponse<byte[]> response = response(call, request);
        if (response.statusCode() < 200 || response.statusCode() > 299) {
            throw FormFlowApiException.status(call.toString(), response.statusCode());
        }
        return new Answer(response.statusCode(), json(response.body()));
    }

    private String token() {
        String token = accessToken.get();
        // the header's own check would quote it
        if (token == null || token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalStateException(
                    "The access token is empty, or has white space or other characters that no header takes");
        }
        return token;
    }

    // The request's own time limit ends with the answer's headers.
    private HttpResponse<byte[]> response(Call call, HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> response =
                client.sendAsync(request, head -> new LimitedBody(MAX_ANSWER_BYTES));
        try {
            return response.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            String problem = cause instanceof IOException && cause.getMessage() != null
                    ? cause.getMessage()
                    : cause.getClass().getSimpleName();
            throw FormFlowApiException.noAnswer(call.toString(), problem, cause);
        } catch (TimeoutException e) {
            throw FormFlowApiException.noAnswer(call.toString(), "none within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FormFlowApiException.noAnswer(call.toString(), "the thread was interrupted", e);
        } finally {
            response.cancel(true);
        }
    }

    private static @Nullable Object json(byte[] body) {
        try {
            return JsonData.of(new String(body, StandardCharsets.UTF_8)).asObject();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Returns the address; not the access token. */
    @Override
    public String toString() {
        return "FormFlowSubscriptions[" + address + "]";
    }

    /** Collects what a client works with. */
    public static final class Builder {
        private final ApiAddress address;
        private @Nullable Supplier<String> accessToken;
        private Duration timeout = Duration.ofSeconds(10);

        private Builder(ApiAddress address) {
            this.address = address;
        }

        /** Sets where the bearer token comes from; it is read at each call, so that it may change. */
        public Builder accessToken(Supplier<String> accessToken) {
            this.accessToken = Objects.requireNonNull(accessToken, "accessToken");
            return this;
        }

        /**
         * Sets how long a call may take from beginning to end; 10 seconds unless set.
         *
         * @throws IllegalArgumentException if it is not positive, or longer than a day
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException(
                        "A timeout must be positive and at most a day, and it is " + timeout);
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Returns the client.
         *
         * @throws IllegalArgumentException if there is no access token
         */
        public FormFlowSubscriptions build() {
            if (accessToken == null) {
                throw new IllegalArgumentException("FormFlow's API needs an access token: set accessToken");
            }
            return new FormFlowSubscriptions(this, accessToken);
        }
    }
}
