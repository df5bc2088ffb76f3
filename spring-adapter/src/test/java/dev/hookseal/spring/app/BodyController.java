package dev.hookseal.spring.app;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.fixture.CustomProvider;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpEntity;
import org.springframework.util.FileCopyUtils;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Handlers that read the body themselves, verified ones below {@code /hooks}, others below {@code /plain}. */
@RestController
class BodyController {
    private final Calls calls;

    BodyController(Calls calls) {
        this.calls = calls;
    }

    record Submission(String submissionId, int templateId) {}

    @WebhookEndpoint("string")
    @PostMapping("/hooks/string")
    String string(@RequestBody String body, CustomProvider.Event event) {
        return body.equals(event.text()) ? body : "not the verified one";
    }

    @WebhookEndpoint("map")
    @PostMapping("/hooks/map")
    String map(@RequestBody Map<String, Object> body) {
        return String.valueOf(body.get("templateId"));
    }

    @WebhookEndpoint("record")
    @PostMapping("/hooks/record")
    String bound(@RequestBody Submission body) {
        return body.submissionId() + " " + body.templateId();
    }

    @WebhookEndpoint("entity")
    @PostMapping("/hooks/entity")
    String entity(HttpEntity<byte[]> entity) {
        byte[] body = entity.getBody();
        return new String(body == null ? new byte[0] : body, StandardCharsets.UTF_8);
    }

    @WebhookEndpoint("stream")
    @PostMapping("/hooks/stream")
    String stream(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @WebhookEndpoint("reader")
    @PostMapping("/hooks/reader")
    String reader(Reader in) throws IOException {
        return FileCopyUtils.copyToString(in);
    }

    @WebhookEndpoint("form")
    @PostMapping("/hooks/form")
    String form(
            @RequestParam String name,
            @RequestParam MultiValueMap<String, String> all,
            HttpServletRequest request,
            CustomProvider.Event event) {
        return request.getMethod() + " " + name + " " + all + " " + event.text();
    }

    @WebhookEndpoint("form-body")
    @PostMapping("/hooks/form-body")
    String formBody(@RequestBody MultiValueMap<String, String> form) {
        return form.toString();
    }

    @WebhookEndpoint("multipart")
    @PostMapping("/hooks/multipart")
    String multipart(@RequestPart("file") MultipartFile file) {
        calls.add("multipart " + file.getOriginalFilename());
        return "called";
    }

    @PostMapping("/plain/size")
    long plainSize(InputStream in) throws IOException {
        return in.transferTo(java.io.OutputStream.nullOutputStream());
    }

    @PostMapping("/plain/reader-then-stream")
    String plainReaderThenStream(HttpServletRequest request) throws IOException {
        try (BufferedReader reader = request.getReader()) {
            String first = reader.readLine();
            request.getInputStream();
            return first + " and a stream";
        } catch (IllegalStateException e) {
            return "as the Servlet specification says";
        }
    }

    @PostMapping("/plain/form")
    String plainForm(@RequestParam String name) {
        return name;
    }

    @PostMapping("/plain/upload")
    String plainUpload(@RequestPart("file") MultipartFile file) throws IOException {
        return file.getOriginalFilename() + ": " + new String(file.getBytes(), StandardCharsets.UTF_8);
    }
}
