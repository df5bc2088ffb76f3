package dev.hookseal.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** What {@code @WebMvcTest} and the {@code @AutoConfigureMockMvc} in it give; Boot 4 has them in another package. */
@TestPropertySource(properties = "spring.mvc.hiddenmethod.filter.enabled=false")
abstract class WebMvcTestSlice {
    @Autowired
    private MockMvc mvc;

    @Autowired
    private Calls calls;

    @Test
    void verifiesAGenuineDelivery() throws Exception {
        assertThat(send(Delivery.formFlow("slice")).getContentAsString()).isEqualTo("extracted of template 1");
    }

    @Test
    void rejectsAForgedDelivery() throws Exception {
        assertThat(send(Delivery.formFlow("forged", "extracted", "a guess")).getStatus())
                .isEqualTo(401);
        assertThat(calls.count("event forged")).isZero();
    }

    private MockHttpServletResponse send(Delivery delivery) throws Exception {
        return mvc.perform(delivery.to("/hooks/event")).andReturn().getResponse();
    }
}
