package dev.hookseal.servlet;

import dev.hookseal.RejectionReason;
import dev.hookseal.WebhookRejectedException;
import dev.hookseal.WebhookRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
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
 * A request whose body can be captured: from then on it is read from memory, as often as somebody asks for it. Until
 * then it is the container's request, and nothing is buffered.
 *
 * <p>A form is captured early when its parameters are asked for, as filters do before any handler is known: the
 * container would consume the body. Only where a signature header stands, so that no other form is touched.
 */
final class CapturedRequest extends HttpServletRequestWrapper {
    private static final Logger LOG = LoggerFactory.getLogger(CapturedRequest.class);

    private final WebhookExchange exchange;
    private final Set<String> signatureHeaders;
    private final int maxBodyBytes;

    private byte @Nullable [] body;
    private @Nullable WebhookRejectedException refusal;
    private @Nullable Map<String, List<String>> form;
    private @Nullable String takenBy;
    private @Nullable Throwable takenAt;

    /**
     * Wraps a request.
     *
     * @param maxBodyBytes how much to read where nobody has said for which endpoint
     */
    CapturedRequest(
            HttpServletRequest request, WebhookExchange exchange, Set<String> signatureHeaders, int maxBodyBytes) {
        super(request);
        this.exchange = exchange;
        this.signatureHeaders = signatureHeaders;
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * This request as core sees it. The body is captured when core asks for it; one that was captured before, with a
     * larger limit, is given as it is, and core holds it to the endpoint's own.
     */
    WebhookRequest asWebhook(int maxBodyBytes) {
        return new WebhookRequest() {
            @Override
            public String method() {
                return getMethod();
            }

            @Override
            public List<String> headers(String name) {
                return Collections.list(getHeaders(name));
            }

            @Override
            public byte[] body() throws WebhookRejectedException {
                return capture(maxBodyBytes);
            }
        };
    }

    private byte[] capture(int maxBodyBytes) throws WebhookRejectedException {
        if (refusal != null) {
            throw refusal;
        }
        if (body == null) {
            try {
                body = read(maxBodyBytes);
            } catch (WebhookRejectedException e) {
                refusal = e;
                throw e;
            }
        }
        return body;
    }

    private byte[] read(int maxBodyBytes) throws WebhookRejectedException {
        if (mediaType().startsWith("multipart/")) {
            LOG.info("A multipart request cannot be verified: the container parses it before any handler. Have the"
                    + " sender send its body in another form");
            throw new WebhookRejectedException(RejectionReason.BODY_UNREADABLE);
        }
        if (takenBy != null) {
            throw taken(takenBy + " was called before");
        }
        long declared = getContentLengthLong();
        byte[] bytes;
        try {
            bytes = WebhookRequest.readBody(super.getInputStream(), declared, maxBodyBytes);
        } catch (IllegalStateException e) {
            throw taken("getReader() was called before, ahead of this filter");
        } catch (IOException e) {
            throw new WebhookRejectedException(RejectionReason.BODY_UNREADABLE);
        }
        // An unsigned one is left to the verifier. A body that broke off would have been an IOException.
        if (bytes.length < declared && isSigned()) {
            throw taken("some of it was read before, ahead of this filter");
        }
        return bytes;
    }

    private WebhookRejectedException taken(String how) {
        LOG.warn(
                "The body of {} cannot be verified, since {}. Register Hookseal's filter ahead of whatever reads the"
                        + " body, which it can then do as well{}",
                getRequestURI(),
                how,
                takenAt != null ? "; it was read here:" : ". With this logger at DEBUG, the place shows here",
                takenAt);
        return new WebhookRejectedException(RejectionReason.BODY_UNREADABLE);
    }

    private void take(String method) throws IOException {
        if (refusal != null) {
            throw new IOException("The body was refused: " + refusal.getMessage());
        }
        takenBy = method;
        if (LOG.isDebugEnabled()) {
            takenAt = new Throwable("no error");
        }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            take("getInputStream()");
            return super.getInputStream();
        }
        return new ReplayedInputStream(body);
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (body == null) {
            take("getReader()");
            return super.getReader();
        }
        Charset unlessNamed = mediaType().endsWith("json") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return new BufferedReader(new InputStreamReader(new ReplayedInputStream(body), charset(unlessNamed)));
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
        // the query's alone, once the body has been read from the container
        if (!hasForm()) {
            return super.getParameterMap();
        }
        Map<String, String[]> all = new LinkedHashMap<>(super.getParameterMap());
        form().forEach((name, values) -> {
            List<String> both = new ArrayList<>(List.of(all.getOrDefault(name, new String[0])));
            both.addAll(values);
            all.put(name, both.toArray(String[]::new));
        });
        return Collections.unmodifiableMap(all);
    }

    /** Whether the parameters are to be read from the body here, which is captured for it. */
    private boolean hasForm() {
        if (!mediaType().equals("application/x-www-form-urlencoded") || !"POST".equals(getMethod())) {
            return false;
        }
        if (body == null && refusal == null && takenBy == null && isSigned()) {
            try {
                capture(maxBodyBytes);
            } catch (WebhookRejectedException e) {
                LOG.debug("A form's parameters cannot be read: {}", e.getMessage());
            }
        }
        return body != null;
    }

    private Map<String, List<String>> form() {
        if (form == null) {
            form = body == null ? Map.of() : FormBody.parse(body, formCharset());
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

    // The container's own would hand out its own request and response: without the body, and not held.
    @Override
    public AsyncContext startAsync() {
        return exchange.isOpen() ? startAsync(this, exchange.response()) : super.startAsync();
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        AsyncContext context = super.startAsync(request, response);
        return exchange.isOpen() ? exchange.watch(context) : context;
    }

    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext context = super.getAsyncContext();
        return exchange.isOpen() ? exchange.held(context) : context;
    }
}
