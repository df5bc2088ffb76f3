package dev.hookseal.contract;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes requests from a seed: genuine deliveries, and deliveries with something wrong in the body, the signature, the
 * headers, the request line or the framing. It signs and judges by itself, with the platform's HMAC alone.
 */
final class FuzzRequests {
    private static final List<String> HARMLESS_HEADERS = List.of(
            "Accept: */*;q=0.0",
            "Accept: nonsense",
            "Accept-Encoding: br;q=1.0, *;q=0",
            "Content-Encoding: identity",
            "Content-Type: application/json",
            "Content-Type: application/json; charset=nonsense",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: text/plain; charset=utf-16",
            "Content-Type: /",
            "Content-Type:",
            "Cookie: a=b; c",
            "Expect: 100-continue",
            "Forwarded: for=unknown;proto=https",
            "Range: bytes=0-0",
            "User-Agent: \u00e9\u00ff",
            "X-Forwarded-For: 1, 2",
            "X-HTTP-Method-Override: DELETE",
            "X-Webhook-Timestamp: yesterday");
    private static final List<String> OTHER_HEADERS = List.of(
            "Content-Encoding: gzip",
            "Content-Encoding: nonsense",
            "Content-Type: multipart/form-data; boundary=x",
            "Content-Type: multipart/",
            "Expect: nonsense",
            "Host: second.example",
            "Connection: close, X-Webhook-Signature",
            // to a server on localhost Micronaut answers 403
            "Origin: https://elsewhere.example",
            "No-Value",
            ": no name",
            "Sp ace: in a name",
            "Null: \u0000",
            " Folded: line",
            "Long: " + "x".repeat(9000));
    private static final List<String> METHODS = List.of(
            "GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "post", "POSTS", "P\u00d6ST");

    // what core reads of a list, and the provider's default, in both directions
    private static final int READ_SIGNATURES = 16;
    private static final long CUSTOM_TOLERANCE_SECONDS = 300;
    private static final List<Long> CUSTOM_SECONDS = List.of(-300L, -1L, 300L, -301L, 301L, 1L << 40);

    private final SplittableRandom random;
    private final String prefix;
    private final Instant now;
    private int count;

    /** Requests whose events are from now, with ids that begin with a text. */
    FuzzRequests(long seed, String prefix, Instant now) {
        this.random = new SplittableRandom(seed);
        this.prefix = prefix;
        this.now = now;
    }

    /** A request that is built piece by piece. */
    private static final class Draft {
        private final String id;
        private byte[] body = new byte[0];
        private String signatureHeader = "X-Webhook-Signature";
        private String signature = "";
        private boolean signsUrl;
        private boolean genuine = true;
        private boolean harmless = true;
        private boolean elsewhere;
        private String method = "POST";
        private String target = "";
        private String version = "HTTP/1.1";
        private final List<String> headers = new ArrayList<>();

        private Draft(String id) {
            this.id = id;
        }
    }

    FuzzRequest next() {
        Draft draft = new Draft(prefix + count++);
        switch (random.nextInt(4)) {
            case 0 -> signAsExtracta(draft);
            case 1 -> signAsCustom(draft);
            default -> signAsFormFlow(draft);
        }
        addSignature(draft);
        addHeaders(draft);
        changeRequestLine(draft);
        return framed(draft);
    }

    private void signAsExtracta(Draft draft) {
        draft.target = ContractApplication.EXTRACTA;
        String result = "[{\"fileId\":\"" + draft.id + "\",\"fileName\":\"a b.pdf\",\"status\":\"processed\"}]";
        String sent = random.nextInt(3) == 0 ? result.replace("processed", "rejected") : result;
        draft.genuine = sent.equals(result);
        draft.body = bytes("{\"event\":\"" + (random.nextInt(4) == 0 ? "\u00fcnknown" : "extraction.processed") + "\","
                + (random.nextBoolean() ? "\n " : "") + "\"result\":" + sent + "}");
        String secret = ContractSecrets.EXTRACTA.get(random.nextInt(2)).replaceFirst("^E_AI_K_", "");
        draft.signature = Base64.getEncoder().encodeToString(hmac(secret, bytes(result)));
    }

    private void signAsFormFlow(Draft draft) {
        draft.target = ContractApplication.FORMFLOW;
        byte[] signed = changeOrNot(
                draft,
                bytes("{\"eventId\":\"" + draft.id + "\",\"eventType\":\"extracted\",\"timestamp\":\"" + now
                        + "\",\"submissionId\":\"s\u00fcb\",\"templateId\":" + random.nextInt(100) + "}"));
        String secret = random.nextBoolean() ? ContractSecrets.EXTRACTED : ContractSecrets.EXTRACTED_BEFORE;
        draft.signature = HexFormat.of().formatHex(hmac(secret, signed));
    }

    /** Signs the URL with its query, and the time; one signature of several is the right one. */
    private void signAsCustom(Draft draft) {
        String query = any(List.of("", "?tenant=a%2Fb&x=", "?a=b"));
        draft.target = ContractApplication.CUSTOM + query;
        draft.signatureHeader = ContractProvider.SIGNATURE_HEADER;
        draft.signsUrl = true;
        String body = random.nextInt(10) == 0
                ? String.format(ContractProvider.PING, draft.id)
                : "{\"id\":\"" + draft.id + "\",\"text\":\"s\u00fcb\",\"n\":" + random.nextInt(100) + "}";
        byte[] signed = changeOrNot(draft, bytes(body));
        long seconds = random.nextInt(4) == 0 ? CUSTOM_SECONDS.get(random.nextInt(CUSTOM_SECONDS.size())) : 0;
        draft.genuine &= Math.abs(seconds) <= CUSTOM_TOLERANCE_SECONDS;
        long time = now.getEpochSecond() + seconds;
        byte[] start = bytes("POST " + ContractSecrets.PUBLIC_URL + query + " " + time + " ");
        String right = HexFormat.of().formatHex(hmac(ContractSecrets.CUSTOM, with(start, start.length, 0, signed)));
        int before = random.nextInt(10) == 0 ? READ_SIGNATURES : random.nextInt(4);
        draft.genuine &= before < READ_SIGNATURES;
        long sentTime = random.nextInt(12) == 0 ? time + 1 : time;
        draft.genuine &= sentTime == time;
        // one that is not well formed does not count
        String wrong = before < READ_SIGNATURES && random.nextInt(4) == 0 ? "zz" : "0".repeat(64);
        draft.signature = "t=" + sentTime + (",v1=" + wrong).repeat(before) + ",v1=" + right
                + (random.nextBoolean() ? "" : ",v1=" + wrong + ",v2=x");
        if (random.nextBoolean()) {
            draft.headers.add(ContractProvider.EVENT_HEADER + ": " + (random.nextBoolean() ? "order.paid" : ""));
        }
    }

    /** Gives a draft its body; returns what is signed, which is the same unless a forger changed the body. */
    private byte[] changeOrNot(Draft draft, byte[] genuine) {
        draft.body = random.nextInt(3) == 0 ? changed(genuine) : genuine;
        byte[] signed = random.nextInt(3) == 0 ? draft.body : genuine;
        draft.genuine = Arrays.equals(signed, draft.body);
        draft.harmless = Arrays.equals(genuine, draft.body);
        return signed;
    }

    private byte[] changed(byte[] body) {
        byte[] bytes = body;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            bytes = switch (random.nextInt(9)) {
                case 0 -> with(bytes, at, 1, new byte[] {(byte) random.nextInt(256)});
                case 1 ->
                    with(
                            bytes,
                            at,
                            0,
                            bytes(List.of(" ", "\n", "\"", "\\", "{", "\u0000").get(random.nextInt(6))));
                case 2 -> with(bytes, at, random.nextInt(8), new byte[0]);
                case 3 -> Arrays.copyOf(bytes, at);
                case 4 -> with(bytes, at, 0, bytes("[".repeat(random.nextInt(3000))));
                case 5 -> with(bytes, at, 0, bytes("1".repeat(random.nextInt(3000)) + "e" + random.nextInt()));
                case 6 -> with(bytes, at, 0, new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
                case 7 -> with(bytes, at, 0, bytes("\\ud83d\\u12"));
                default -> {
                    byte[] noise = new byte[random.nextInt(200)];
                    random.nextBytes(noise);
                    yield noise;
                }
            };
        }
        return bytes;
    }

    private static byte[] with(byte[] bytes, int at, int dropped, byte[] inserted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(inserted);
        int rest = Math.min(bytes.length, at + dropped);
        out.write(bytes, rest, bytes.length - rest);
        return out.toByteArray();
    }

    private void addSignature(Draft draft) {
        String name = draft.signatureHeader;
        if (random.nextBoolean()) {
            name = name.toUpperCase(Locale.ROOT);
        }
        String signature = draft.signature;
        if (random.nextInt(3) != 0) {
            draft.headers.add(name + ": " + signature + (random.nextInt(10) == 0 ? " \t" : ""));
            return;
        }
        draft.genuine = false;
        // the first ones are wrong for a list of signatures as well, whose elements the others leave as they are
        switch (random.nextInt(draft.signsUrl ? 8 : 10)) {
            case 0 -> {}
            case 1 -> draft.headers.add(name + ":");
            case 2 -> draft.headers.addAll(List.of(name + ": " + signature, name + ": " + signature));
            case 3 -> draft.headers.add(name + ": sha256=" + signature);
            case 4 -> draft.headers.add(name + ": \"" + signature + "\"");
            case 5 -> draft.headers.add(name + ": " + signature.substring(random.nextInt(signature.length()) / 2 + 1));
            case 6 -> draft.headers.add(name + ": " + signature.charAt(0) + "\u00ff" + signature.substring(2));
            case 7 -> draft.headers.add(name + ": " + "0".repeat(random.nextInt(6000)));
            case 8 -> draft.headers.add(name + ": " + signature + signature);
            default -> draft.headers.add(name + ": " + signature + ", " + signature);
        }
    }

    private void addHeaders(Draft draft) {
        for (int i = random.nextInt(3); i > 0; i--) {
            draft.headers.add(random.nextInt(draft.headers.size() + 1), any(HARMLESS_HEADERS));
        }
        // two of one name are for the server to judge
        draft.harmless &= draft.headers.stream()
                        .map(header -> header.replaceFirst(":.*", "").toLowerCase(Locale.ROOT))
                        .distinct()
                        .count()
                == draft.headers.size();
        if (random.nextInt(8) == 0) {
            draft.headers.add(any(OTHER_HEADERS));
            draft.harmless = false;
        }
    }

    private void changeRequestLine(Draft draft) {
        switch (random.nextInt(24)) {
            case 0, 1 -> {
                draft.method = any(METHODS);
                draft.genuine = false;
            }
            case 2 -> {
                String target = draft.target;
                draft.target = any(List.of(
                        target + "/",
                        "/" + target,
                        target + ";a=b",
                        target.replace("/f", "/%66"),
                        target + "/..",
                        target + "%00",
                        target + "#x",
                        "http://localhost" + target,
                        "*",
                        target.toUpperCase(Locale.ROOT)));
                draft.harmless = false;
                draft.elsewhere = true;
            }
            case 3 -> {
                draft.target += draft.target.contains("?") ? "&c" : "?a=b&c";
                draft.genuine &= !draft.signsUrl;
            }
            case 4 -> {
                draft.version = any(List.of("HTTP/1.2", "HTTP/0.9", "HTTP/9", "http/1.1", "HTTP/1.1 "));
                draft.harmless = false;
            }
            case 5 -> draft.version = "HTTP/1.0";
            default -> {}
        }
    }

    private FuzzRequest framed(Draft draft) {
        boolean old = draft.version.equals("HTTP/1.0");
        int way = old ? 0 : random.nextInt(20);
        if (way < 10) {
            byte[] request = request(draft, "Content-Length: " + draft.body.length, draft.body);
            boolean twice = way == 0 && !old && draft.harmless && !draft.method.equals("HEAD");
            return result(draft, twice ? with(request, request.length, 0, request) : request, twice ? 2 : 1, false);
        }
        if (way < 16) {
            return result(draft, request(draft, "Transfer-Encoding: chunked", chunked(draft)), 1, false);
        }
        draft.harmless = false;
        int more = 1 + random.nextInt(500);
        switch (random.nextInt(9)) {
            case 0 -> {
                draft.genuine = false;
                return result(
                        draft, request(draft, "Content-Length: " + (draft.body.length + more), draft.body), 1, true);
            }
            case 1 -> {
                draft.genuine = false;
                int less = Math.max(0, draft.body.length - more);
                return result(draft, request(draft, "Content-Length: " + less, draft.body), 1, true);
            }
            case 2 -> {
                String length = any(List.of("-1", "0x10", "1e2", "", "99999999999999999999", "+10", "1 0"));
                return result(draft, request(draft, "Content-Length: " + length, draft.body), 1, true);
            }
            case 3 -> {
                String lengths = "Content-Length: " + draft.body.length + "\r\nContent-Length: " + more;
                return result(draft, request(draft, lengths, draft.body), 1, true);
            }
            case 4 -> {
                String both = "Content-Length: " + draft.body.length + "\r\nTransfer-Encoding: chunked";
                return result(draft, request(draft, both, chunked(draft)), 1, true);
            }
            case 5 -> {
                String coding = any(List.of("gzip, chunked", "identity", "chunked, chunked", "xchunked", "CHUNKED"));
                return result(draft, request(draft, "Transfer-Encoding: " + coding, chunked(draft)), 1, true);
            }
            case 6 -> {
                byte[] chunks = chunked(draft);
                byte[] broken = Arrays.copyOf(chunks, random.nextInt(Math.max(1, chunks.length - 4)));
                // Once all data is there, a server may take the end of the connection for that of the body. Jetty does
                // so
                // after a carriage return.
                draft.genuine &=
                        broken.length >= new String(chunks, StandardCharsets.ISO_8859_1).lastIndexOf("\r\n0\r\n");
                return result(draft, request(draft, "Transfer-Encoding: chunked", broken), 1, true);
            }
            case 7 -> {
                draft.genuine = false;
                byte[] broken = bytes(any(List.of("zz\r\n", "-1\r\n", "ffffffffffffffff\r\n", "5;\u0000\r\n", "\r\n")));
                return result(draft, request(draft, "Transfer-Encoding: chunked", broken), 1, true);
            }
            default -> {
                byte[] request = request(draft, "Content-Length: " + draft.body.length, draft.body);
                draft.genuine = false;
                return result(draft, Arrays.copyOf(request, random.nextInt(request.length)), 1, true);
            }
        }
    }

    private static FuzzRequest result(Draft draft, byte[] bytes, int answers, boolean ends) {
        FuzzRequest request = new FuzzRequest(draft.id, bytes, draft.genuine, draft.harmless).asking(answers);
        if (draft.method.equals("HEAD")) {
            request.toHead();
        }
        if (draft.elsewhere) {
            request.elsewhere();
        }
        if (draft.version.equals("HTTP/1.0")) {
            request.closing();
        }
        return ends ? request.last() : request;
    }

    private byte[] chunked(Draft draft) {
        byte[] body = draft.body;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < body.length) {
            int size = Math.min(body.length - at, 1 + random.nextInt(200));
            String extension = random.nextInt(4) == 0 ? any(List.of(";a", ";a=b", ";a=\"b c\"")) : "";
            out.writeBytes(bytes(Integer.toHexString(size) + extension + "\r\n"));
            out.write(body, at, size);
            out.writeBytes(bytes("\r\n"));
            at += size;
        }
        String trailer = random.nextInt(4) == 0 ? draft.signatureHeader + ": " + "0".repeat(64) + "\r\n" : "";
        out.writeBytes(bytes("0\r\n" + trailer + "\r\n"));
        return out.toByteArray();
    }

    private static byte[] request(Draft draft, String framing, byte[] body) {
        StringBuilder head = new StringBuilder();
        head.append(draft.method)
                .append(' ')
                .append(draft.target)
                .append(' ')
                .append(draft.version)
                .append("\r\n");
        head.append("Host: localhost\r\n");
        draft.headers.forEach(header -> head.append(header).append("\r\n"));
        head.append(framing).append("\r\n\r\n");
        byte[] bytes = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        return with(bytes, bytes.length, 0, body);
    }

    private String any(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(String secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }
}
