package dev.hookseal.servlet;

import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A request that a provider might send: method, header lines, body. */
final class Delivery {
    static final String SIGNATURE = "X-Webhook-Signature";

    private record Header(String name, String value) {}

    private final String method;
    private final List<Header> headers;
    private final byte[] body;

    private Delivery(String method, List<Header> headers, byte[] body) {
        this.method = method;
        this.headers = headers;
        this.body = body;
    }

    /** Signed as FormFlow does: lower-case hex HMAC-SHA256 of the body. */
    static Delivery signed(SigningSecret secret, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Delivery("POST", List.of(), bytes)
                .with("Content-Type", "application/json")
                .with(SIGNATURE, HexFormat.of().formatHex(HmacSha256.sign(secret, bytes)));
    }

    Delivery with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Delivery(method, List.copyOf(more), body);
    }

    Delivery without(String name) {
        return new Delivery(
                method,
                headers.stream()
                        .filter(header -> !header.name().equalsIgnoreCase(name))
                        .toList(),
                body);
    }

    Delivery replace(String name, String value) {
        return without(name).with(name, value);
    }

    Delivery method(String other) {
        return new Delivery(other, headers, body);
    }

    Delivery body(byte[] other) {
        return new Delivery(method, headers, other);
    }

    byte[] body() {
        return body;
    }

    String signature() {
        return headers.stream()
                .filter(header -> header.name().equals(SIGNATURE))
                .findFirst()
                .orElseThrow()
                .value();
    }

    /** With a Content-Length. */
    HttpRequest.Builder to(HttpRequest.Builder request) {
        headers.forEach(header -> request.header(header.name(), header.value()));
        return request.method(method, BodyPublishers.ofByteArray(body));
    }

    /** In chunks, without a Content-Length. */
    HttpRequest.Builder chunkedTo(HttpRequest.Builder request) {
        return to(request).method(method, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    }

    /** The request as it stands on the wire, on a connection of its own. */
    byte[] wire(String path) {
        return wire(path, "Content-Length: " + body.length + "\r\nConnection: close\r\n");
    }

    byte[] wire(String path, String moreHeaders) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(header -> head.append(header.name() + ": " + header.value() + "\r\n"));
        head.append(moreHeaders).append("\r\n");
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        wire.writeBytes(body);
        return wire.toByteArray();
    }
}
