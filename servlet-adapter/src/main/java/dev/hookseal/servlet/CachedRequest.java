package dev.hookseal.servlet;

import dev.hookseal.request.BodyLimits;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request whose body can be captured: from then on it is read from memory, as often as it is requested.
 *
 * <p>Filters may read it before any handler is known. With a signature header, what they read is kept, up to the
 * largest limit, and a form is captured when its parameters are read, since the container would consume it. Any other
 * request is the container's, and nothing is kept.
 */
final class CachedRequest extends HttpServletRequestWrapper {
    private static final Logger LOG = LoggerFactory.getLogger(CachedRequest.class);

    // Jetty's GzipHandler leaves it where it has inflated a body, in place of Content-Encoding.
    private static final String INFLATED = "X-Content-Encoding";

    private final WebhookExchange exchange;
    private final Set<String> signatureHeaders;
    private final BodyLimits limits;

    private byte @Nullable [] body;
    private boolean begun;
    private @Nullable WebhookRejectedException rejection;
    private @Nullable Map<String, List<String>> form;
    private @Nullable RecordedBody recorded;
    private @Nullable ServletInputStream recordedStream;
    private @Nullable BufferedReader recordedReader;
    private @Nullable Throwable recordedAt;

    /**
     * Wraps a request.
     *
     * @param limits how to read where the endpoint is not known yet
     */
    CachedRequest(
            HttpServletRequest request, WebhookExchange exchange, Set<String> signatureHeaders, BodyLimits limits) {
        super(request);
        this.exchange = exchange;
        this.signatureHeaders = signatureHeaders;
        this.limits = limits;
    }

    /**
     * This request as core sees it. The body is captured when core reads it; one that was captured before, with a
     * larger limit, is given as it is, and core holds it to the endpoint's own.
     */
    WebhookRequest asWebhook(BodyLimits limits) {
        return new WebhookRequest() {
            @Override
            public String method() {
                return getMethod();
            }

            @Override
            public @Nullable String rawQuery() {
                return getQueryString();
            }

            @Override
            public List<String> headers(String name) {
                List<String> values = Collections.list(getHeaders(name));
                return values.isEmpty() && name.equalsIgnoreCase("Content-Encoding")
                        ? Collections.list(getHeaders(INFLATED))
                        : values;
            }

            @Override
            public Map<String, List<String>> headers() {
                Map<String, List<String>> all = new LinkedHashMap<>();
                for (String name : Collections.list(getHeaderNames())) {
                    all.put(name, Collections.list(getHeaders(name)));
                }
                return all;
            }

            @Override
            public byte[] body() throws WebhookRejectedException {
                return capture(limits);
            }

            @Override
            public byte[] bodyAsFarAsRead() {
                return body == null ? new byte[0] : body;
            }
        };
    }

    private byte[] capture(BodyLimits limits) throws WebhookRejectedException {
        if (rejection != null) {
            throw rejection;
        }
        if (body == null) {
            try {
                body = read(limits);
            } catch (WebhookRejectedException e) {
                rejection = e;
                throw e;
            }
        }
        return body;
    }

    // What is unsigned is for the verifier to reject, whatever is left of its body.
    private byte[] read(BodyLimits limits) throws WebhookRejectedException {
        if (recorded != null && !recorded.isReadable()) {
            throw readByAListener();
        }
        long declared = getContentLengthLong();
        byte[] bytes;
        try (ContainerConnection connection = ContainerConnection.of(getRequest())) {
            InputStream in = recorded == null ? super.getInputStream() : recorded.fromStart();
            begun = declared <= limits.maxBytes();
            bytes = limits.read(in, declared, connection);
        } catch (IllegalStateException e) {
            if (!isSigned()) {
                return new byte[0];
            }
            throw readAhead("getReader() was called");
        } catch (IOException e) {
            throw new WebhookRejectedException(RejectionReason.BODY_UNREADABLE);
        }
        // A body that broke off would have been an IOException.
        if (bytes.length < declared && isSigned()) {
            throw readAhead("some of it was read");
        }
        return bytes;
    }

    /** Returns what is left of the body, for an answer that does without it. */
    UnreadBody unread() {
        if (rejection != null) {
            // without what was read, which is not needed while the sender is answered
            rejection = new WebhookRejectedException(rejection.reason(), null, rejection.detail());
        }
        return new UnreadBody((HttpServletRequest) getRequest(), progress());
    }

    private UnreadBody.Progress progress() {
        if (body != null) {
            return UnreadBody.Progress.COMPLETE;
        }
        return begun || recorded != null ? UnreadBody.Progress.BEGUN : UnreadBody.Progress.NONE;
    }

    private WebhookRejectedException readAhead(String how) {
        LOG.warn(
                "The body of {} cannot be verified, since {} ahead of Hookseal's filter. Register Hookseal's filter"
                        + " ahead of whatever reads the body, which it can then do as well",
                getRequestURI(),
                how);
        return new WebhookRejectedException(RejectionReason.BODY_UNREADABLE);
    }

    private WebhookRejectedException readByAListener() {
        LOG.warn(
                "The body of {} cannot be verified, since a filter's ReadListener has not read it to its end. Let the"
                        + " filter wait for onAllDataRead() before it passes the request on{}",
                getRequestURI(),
                recordedAt != null ? "; it began here:" : ". With this logger at DEBUG, the place shows here",
                recordedAt);
        return new WebhookRejectedException(RejectionReason.BODY_UNREADABLE);
    }

    private RecordedBody record() throws IOException {
        if (recorded == null) {
            if (rejection != null) {
                throw new IOException("The body was rejected: " + rejection.getMessage());
            }
            recorded = new RecordedBody(super.getInputStream(), limits.maxBytes());
            if (LOG.isDebugEnabled()) {
                recordedAt = new Throwable("no error");
            }
        }
        return recorded;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        Enumeration<String> names = super.getHeaderNames();
        return exchange.isAcceptIgnored()
                ? Collections.enumeration(Collections.list(names).stream()
                        .filter(name -> !isHidden(name))
                        .toList())
                : names;
    }

    private boolean isHidden(String name) {
        return "Accept".equalsIgnoreCase(name) && exchange.isAcceptIgnored();
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body != null) {
            return new ReplayedInputStream(body);
        }
        if (!isSigned()) {
            return super.getInputStream();
        }
        if (recordedStream == null) {
            recordedStream = record().fromStart();
        }
        return recordedStream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (body != null) {
            return reader(new ReplayedInputStream(body));
        }
        if (!isSigned()) {
            return super.getReader();
        }
        if (recordedReader == null) {
            recordedReader = reader(getInputStream());
        }
        return recordedReader;
    }

    private BufferedReader reader(InputStream in) throws UnsupportedEncodingException {
        Charset unlessNamed = mediaType().endsWith("json") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return new BufferedReader(new InputStreamReader(in, charset(unlessNamed)));
    }

    @Override
    public @Nullable String getParameter(String name) {
        if (!hasForm()) {
            return super.getParameter(name);
        }
        String[] values = getParameterValues(name);
        return values == null ? null : values[0];
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return hasForm() ? Collections.enumeration(getParameterMap().keySet()) : super.getParameterNames();
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return hasForm() ? getParameterMap().get(name) : super.getParameterValues(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        if (!hasForm()) {
            return super.getParameterMap();
        }
        Map<String, String[]> all = new LinkedHashMap<>(queryParameters());
        form().forEach((name, values) -> {
            List<String> both = new ArrayList<>(List.of(all.getOrDefault(name, new String[0])));
            both.addAll(values);
            all.put(name, both.toArray(String[]::new));
        });
        return Collections.unmodifiableMap(all);
    }

    private Map<String, String[]> queryParameters() {
        if (body != null) {
            // the query's alone, since the body has been read from the container
            return super.getParameterMap();
        }
        // Jetty would take what is left of the body
        Map<String, String[]> parameters = new LinkedHashMap<>();
        String query = getQueryString();
        FormBody.parse(query == null ? "" : query, StandardCharsets.UTF_8)
                .forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
        return parameters;
    }

    /** Returns whether the parameters are to be read from the body here, which is captured for it. */
    private boolean hasForm() {
        if (!mediaType().equals("application/x-www-form-urlencoded") || !"POST".equals(getMethod())) {
            return false;
        }
        if (body == null && rejection == null && isSigned() && getContentLengthLong() <= limits.maxBytes()) {
            cacheEarly();
        }
        return body != null || recorded != null;
    }

    // Recorded, so that a form beyond the limit can be read all the same where there is no endpoint.
    private void cacheEarly() {
        try {
            if (record().isReadable()) {
                capture(limits);
            }
        } catch (IOException | IllegalStateException | WebhookRejectedException e) {
            LOG.debug("A form's parameters cannot be read: {}", e.getMessage());
        }
    }

    private Map<String, List<String>> form() {
        if (body == null) {
            return Map.of();
        }
        if (form == null) {
            form = FormBody.parse(new String(body, formCharset()), formCharset());
        }
        return form;
    }

    private Charset formCharset() {
        try {
            return charset(StandardCharsets.UTF_8);
        } catch (UnsupportedEncodingException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private Charset charset(Charset unlessNamed) throws UnsupportedEncodingException {
        String name = getCharacterEncoding();
        try {
            return name == null ? unlessNamed : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedEncodingException(name);
        }
    }

    private boolean isSigned() {
        return signatureHeaders.stream().anyMatch(header -> getHeader(header) != null);
    }

    // Not getContentType(): Jetty's throws where the header names a charset that it does not know.
    private String mediaType() {
        String type = getHeader("Content-Type");
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    // The container's own would hand out its own request, without the body.
    @Override
    public AsyncContext startAsync() {
        return mayBeADelivery() ? startAsync(this, exchange.response()) : super.startAsync();
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        AsyncContext context = super.startAsync(request, response);
        return mayBeADelivery() ? exchange.watch(context) : context;
    }

    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext context = super.getAsyncContext();
        AsyncContext watched = exchange.watched();
        return watched == null ? context : watched;
    }

    private boolean mayBeADelivery() {
        return exchange.admitted() != null || isSigned();
    }
}
