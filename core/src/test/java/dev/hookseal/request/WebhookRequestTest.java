package dev.hookseal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookRequestTest {
    @Test
    void findsHeadersInAnyCase() {
        WebhookRequest request = WebhookRequest.of("POST", Map.of("X-One", List.of("1")), new byte[0]);

        assertThat(request.headers("x-oNE")).containsExactly("1");
        assertThat(request.headers("X-Two")).isEmpty();
    }

    @Test
    void givesTheValuesOfAllSpellingsInTheirOrder() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("x-one", List.of("1", "2"));
        headers.put("X-Two", List.of("a"));
        headers.put("X-ONE", List.of("3"));
        headers.put("X-One", List.of("4, 5"));

        assertThat(WebhookRequest.of("POST", headers, new byte[0]).headers("X-One"))
                .containsExactly("1", "2", "3", "4, 5");
    }

    @Test
    void copiesTheHeaders() {
        List<String> values = new ArrayList<>(List.of("1"));
        Map<String, List<String>> headers = new LinkedHashMap<>(Map.of("X-One", values));
        WebhookRequest request = WebhookRequest.of("POST", headers, new byte[0]);

        values.add("2");
        headers.put("x-one", List.of("3"));

        assertThat(request.headers("X-One")).containsExactly("1");
    }

    @Test
    void sharesTheBody() throws Exception {
        byte[] body = {1, 2, 3};

        assertThat(WebhookRequest.of("POST", Map.of(), body).body()).isSameAs(body);
    }
}
