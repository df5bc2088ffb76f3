package dev.hookseal.testkit.spring;

import static dev.hookseal.testkit.spring.WebhookRequestPostProcessors.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.JsonStyle;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

class WebhookRequestPostProcessorsTest {
    private final MockMvc mockMvc =
            MockMvcBuilders.standaloneSetup(new EchoController()).build();
    private final SignedDelivery formFlow = FormFlowEvents.extracted().signedWith("whsec-test");

    @RestController
    static class EchoController {
        @PostMapping("/webhooks")
        void echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
            for (String name : Collections.list(request.getHeaderNames())) {
                Collections.list(request.getHeaders(name)).forEach(value -> response.addHeader("Echo-" + name, value));
            }
            response.getOutputStream().write(request.getInputStream().readAllBytes());
        }
    }

    @Test
    void runsOnTheVersionOfSpringThatItIsMeantToRunOn() {
        assertThat(MockMvc.class.getPackage().getImplementationVersion())
                .isEqualTo(System.getProperty("expected.spring.version"));
    }

    @Test
    void deliversHeadersAndBody() throws Exception {
        MockHttpServletResponse echo = perform(formFlow, request -> {});

        formFlow.headers()
                .forEach((name, values) ->
                        assertThat(echo.getHeaders("Echo-" + name)).isEqualTo(values));
        assertThat(echo.getContentAsByteArray()).isEqualTo(formFlow.body());
    }

    @Test
    void deliversTheBytesOfAnyText() throws Exception {
        SignedDelivery extracta = ExtractaEvents.processed()
                .withFiles(ExtractaEvents.file().withResult(Map.of("né", "😀\u2028")))
                .writtenAs(JsonStyle.PRETTY_PRINTED)
                .signedWith("E_AI_K_test");

        MockHttpServletResponse echo = perform(extracta, request -> {});

        assertThat(echo.getContentAsByteArray()).isEqualTo(extracta.body());
    }

    @Test
    void deliversBothLinesOfADoubledHeader() throws Exception {
        SignedDelivery doubled = formFlow.forged(Forgery.DOUBLED_SIGNATURE);

        MockHttpServletResponse echo = perform(doubled, request -> {});

        assertThat(echo.getHeaders("Echo-X-Webhook-Signature"))
                .hasSize(2)
                .isEqualTo(doubled.headers().get("X-Webhook-Signature"));
    }

    @Test
    void takesThePlaceOfWhatTheRequestWasBuiltWith() throws Exception {
        MockHttpServletResponse echo = perform(formFlow, request -> {
            request.setMethod("GET");
            request.setContentType("text/plain");
            request.setContent(new byte[] {1, 2, 3});
            request.addHeader("X-Webhook-Signature", "other");
        });

        formFlow.headers()
                .forEach((name, values) ->
                        assertThat(echo.getHeaders("Echo-" + name)).isEqualTo(values));
        assertThat(echo.getContentAsByteArray()).isEqualTo(formFlow.body());
    }

    @Test
    void leavesOtherHeadersOfTheRequest() throws Exception {
        MockHttpServletResponse echo = perform(formFlow, request -> request.addHeader("X-Forwarded-Proto", "https"));

        assertThat(echo.getHeaders("Echo-X-Forwarded-Proto")).containsExactly("https");
    }

    // A request builder's methods have moved to a superclass in Spring 7, so that a test that calls them has to be
    // compiled
    // for one or the other; this one runs on both.
    private MockHttpServletResponse perform(SignedDelivery signed, Consumer<MockHttpServletRequest> builtBefore)
            throws Exception {
        return mockMvc.perform(context -> {
                    MockHttpServletRequest request = new MockHttpServletRequest(context, "POST", "/webhooks");
                    builtBefore.accept(request);
                    return delivery(signed).postProcessRequest(request);
                })
                .andReturn()
                .getResponse();
    }
}
