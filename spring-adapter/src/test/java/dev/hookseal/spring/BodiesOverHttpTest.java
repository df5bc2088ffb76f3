package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.spring.app.Calls;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.spring.app.OverHttp;
import dev.hookseal.spring.app.Sender;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** The body beside the annotation, in every way in which a handler may read it; and where there is no annotation. */
@OverHttp
class BodiesOverHttpTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String UPLOAD = """
            --b\r
            Content-Disposition: form-data; name="file"; filename="f.txt"\r
            \r
            content\r
            --b--\r
            """;

    @Autowired
    private Calls calls;

    private Sender sender;

    @BeforeEach
    void connect(@Value("${local.server.port}") int port) {
        sender = new Sender(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"string", "entity", "stream", "reader"})
    void aHandlerReadsTheBodyItself(String path) {
        String body = "read by " + path + ": žluťoučký kůň";
        Delivery delivery = Delivery.acme("text/plain;charset=UTF-8", body);

        assertThat(sender.send("/hooks/" + path, delivery).body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"string", "entity", "stream", "reader"})
    void aHandlerReadsAChunkedBodyItself(String path) {
        String body = "chunks read by " + path;

        assertThat(sender.sendChunked("/hooks/" + path, Delivery.acme("text/plain", body))
                        .body())
                .isEqualTo(body);
    }

    @Test
    void aHandlerHasTheBodyBound() {
        assertThat(sender.send("/hooks/map", Delivery.formFlow("map")).body()).isEqualTo("1");
        assertThat(sender.send("/hooks/record", Delivery.formFlow("record")).body())
                .isEqualTo("123e4567-e89b-12d3-a456-426614174001 1");
    }

    @Test
    void aHandlerReadsFormParameters() {
        HttpResponse<String> response =
                sender.send("/hooks/form?of=query", Delivery.acme(FORM, "name=K%C5%AF%C5%88+1&b=2&b=3"));

        assertThat(response.body())
                .isEqualTo("POST Kůň 1 {of=[query], name=[Kůň 1], b=[2, 3]} name=K%C5%AF%C5%88+1&b=2&b=3");
    }

    @Test
    void aHandlerReadsFormParametersThatCameInChunks() {
        HttpResponse<String> response = sender.sendChunked("/hooks/form", Delivery.acme(FORM, "name=chunked"));

        assertThat(response.body()).isEqualTo("POST chunked {name=[chunked]} name=chunked");
    }

    @Test
    void aHandlerHasAFormBound() {
        assertThat(sender.send("/hooks/form-body", Delivery.acme(FORM, "a=1&b=x%20y"))
                        .body())
                .isEqualTo("{a=[1], b=[x y]}");
    }

    @Test
    void rejectsATamperedForm() {
        Delivery genuine = Delivery.acme(FORM, "name=genuine");

        assertThat(sender.send("/hooks/form", genuine.withBody("name=tampered")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void rejectsMultipartHoweverItIsSigned() {
        HttpResponse<String> response =
                sender.send("/hooks/multipart", Delivery.acme("multipart/form-data; boundary=b", UPLOAD));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"title\":\"Bad Request\",\"status\":400}");
        assertThat(calls.count("multipart f.txt")).isZero();
    }

    @Test
    void leavesAnUploadWithoutAnAnnotationAlone() {
        assertThat(sender.send("POST", "/plain/upload", "multipart/form-data; boundary=b", UPLOAD)
                        .body())
                .isEqualTo("f.txt: content");
    }

    @Test
    void leavesAFormWithoutAnAnnotationAlone() {
        assertThat(sender.send("POST", "/plain/form", FORM, "name=plain").body())
                .isEqualTo("plain");
        assertThat(sender.send("/plain/form", Delivery.acme(FORM, "name=signed+all+the+same"))
                        .body())
                .isEqualTo("signed all the same");
    }

    @Test
    void leavesALargeBodyWithoutAnAnnotationAlone() {
        int bytes = 20 * 1024 * 1024;

        assertThat(sender.send("POST", "/plain/size", "text/plain", "x".repeat(bytes))
                        .body())
                .isEqualTo(String.valueOf(bytes));
    }

    @Test
    void leavesTheStreamAsTheContainerHasItWithoutAnAnnotation() {
        assertThat(sender.send("POST", "/plain/reader-then-stream", "text/plain", "x")
                        .body())
                .isEqualTo("as the Servlet specification says");
    }
}
