package dev.hookseal.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** A request that handler mappings are asked about with other headers, and that keeps the attributes they set to itself. */
final class ProbedRequest extends HttpServletRequestWrapper {
    private final Map<String, @Nullable Object> attributes = new HashMap<>();
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable String method;

    ProbedRequest(HttpServletRequest request) {
        super(request);
    }

    void method(String other) {
        method = other;
    }

    void hide(String header) {
        header(header, "");
    }

    /** Sets another value, or none if it is empty. */
    void header(String name, String value) {
        headers.put(name, value);
    }

    /** Sets the attributes on the request itself. */
    void keepAttributes() {
        attributes.forEach(getRequest()::setAttribute);
    }

    @Override
    public String getMethod() {
        return method == null ? super.getMethod() : method;
    }

    @Override
    public @Nullable String getHeader(String name) {
        String other = headers.get(name);
        if (other == null) {
            return super.getHeader(name);
        }
        return other.isEmpty() ? null : other;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String other = headers.get(name);
        return other == null
                ? super.getHeaders(name)
                : Collections.enumeration(other.isEmpty() ? List.of() : List.of(other));
    }

    // Not the container's own: Jetty's throws where the header names a charset that it does not know.
    @Override
    public @Nullable String getContentType() {
        return getHeader(HttpHeaders.CONTENT_TYPE);
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.containsKey(name) ? attributes.get(name) : super.getAttribute(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        Set<String> names = new LinkedHashSet<>(Collections.list(super.getAttributeNames()));
        attributes.forEach((name, value) -> {
            if (value == null) {
                names.remove(name);
            } else {
                names.add(name);
            }
        });
        return Collections.enumeration(names);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        attributes.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        attributes.put(name, null);
    }
}
