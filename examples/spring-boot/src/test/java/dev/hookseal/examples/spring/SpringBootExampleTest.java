package dev.hookseal.examples.spring;

import static dev.hookseal.testkit.spring.WebhookRequestPostProcessors.delivery;
import static org.hamcrest.Matchers.is;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.Forgeries;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.JsonStyle;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest(
        properties = {
            "EXTRACTA_SECRET=E_AI_K_a-secret-of-the-tests",
            "FORMFLOW_SECRET_EXTRACTED=extracted-secret",
            "FORMFLOW_SECRET_EXPORT=export-secret",
            "FORMFLOW_SECRET_VALIDATION_SUCCESS=validation-success-secret",
            "FORMFLOW_SECRET_ERROR_EXPORT=error-export-secret",
            "FORMFLOW_SECRET_ERROR_PROCESSING=error-processing-secret",
            "FORMFLOW_SECRET_ERROR_PRE_PROCESSING=error-pre-processing-secret",
        })
@AutoConfigureMockMvc
class SpringBootExampleTest {
    private static final String EXTRACTA_SECRET = "E_AI_K_a-secret-of-the-tests";
    private static final SecretSource FORMFLOW_SECRETS = SecretSource.byEventType(Map.of(
            "extracted", List.of(SigningSecret.ofUtf8("extracted-secret")),
            "export", List.of(SigningSecret.ofUtf8("export-secret"))));

    @Autowired
    private MockMvc mockMvc;

    @Test
    void answersEveryEventOfFormFlowWithWhatWasBound() throws Exception {
        for (var event : FormFlowEvents.documented()) {
            SignedDelivery delivery = event.identifiedBy("every event").signedWith(event.name() + "-secret");
            mockMvc.perform(post("/webhooks/formflow").with(delivery(delivery)))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.event", is(event.name())))
                    .andExpect(jsonPath("$.bound.templateId", is("1")));
        }
    }

    @Test
    void answersEveryEventOfExtractaWithItsFiles() throws Exception {
        for (var event : ExtractaEvents.documented()) {
            SignedDelivery delivery = event.withFiles(ExtractaEvents.file()
                            .withFileId("f-1")
                            .withResult(Map.of("total", 12.5, "lines", List.of())))
                    .writtenAs(JsonStyle.PRETTY_PRINTED)
                    .signedWith(EXTRACTA_SECRET);
            mockMvc.perform(post("/webhooks/extracta").with(delivery(delivery)))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.event", is(event.name())))
                    .andExpect(jsonPath("$.bound[0].fileId", is("f-1")))
                    .andExpect(jsonPath("$.bound[0].data.total", is(12.5)));
        }
    }

    @Test
    void acknowledgesAnEventOfExtractaThatIsNotKnownYet() throws Exception {
        SignedDelivery delivery = ExtractaEvents.of("classification.processed")
                .withWholeResult(Map.of("type", "invoice"))
                .signedWith(EXTRACTA_SECRET);

        mockMvc.perform(post("/webhooks/extracta").with(delivery(delivery)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.bound.type", is("invoice")));
    }

    @Test
    void handlesARedeliveryOnce() throws Exception {
        SignedDelivery delivery =
                FormFlowEvents.extracted().identifiedBy("redelivered").signedWith("extracted-secret");

        mockMvc.perform(post("/webhooks/formflow").with(delivery(delivery)))
                .andExpect(jsonPath("$.event").exists());
        mockMvc.perform(post("/webhooks/formflow").with(delivery(delivery)))
                .andExpect(status().isOk())
                .andExpect(content().string(""));
    }

    @Test
    void rejectsWhatIsNotGenuine() throws Exception {
        Forgeries.of(FormFlowEvents.extracted().identifiedBy("not genuine").signedWith(FORMFLOW_SECRETS))
                .assertRejectedBy(forged -> statusOf("/webhooks/formflow", forged));
        Forgeries.of(ExtractaEvents.processed().signedWith(EXTRACTA_SECRET))
                .assertRejectedBy(forged -> statusOf("/webhooks/extracta", forged));
    }

    private int statusOf(String path, SignedDelivery delivery) throws Exception {
        return mockMvc.perform(post(path).with(delivery(delivery)))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    @Test
    void keepsTheRestOfTheApplicationBehindItsLogin() throws Exception {
        mockMvc.perform(get("/anything-else")).andExpect(status().isForbidden());
        mockMvc.perform(post("/anything-else")).andExpect(status().isForbidden());
    }
}
