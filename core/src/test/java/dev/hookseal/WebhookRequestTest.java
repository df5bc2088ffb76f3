package dev.hookseal;

import static dev.hookseal.RejectionReason.BODY_TOO_LARGE;
import static dev.hookseal.RejectionReason.BODY_UNREADABLE;
import static dev.hookseal.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookRequestTest {
    private static final int LIMIT = 1_000;

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

    @ParameterizedTest
    @ValueSource(ints = {0, 1, LIMIT - 1, LIMIT})
    void readsABodyUpToTheLimit(int length) throws Exception {
        byte[] body = body(length);

        assertThat(WebhookRequest.readBody(new ByteArrayInputStream(body), -1, LIMIT))
                .isEqualTo(body);
        assertThat(WebhookRequest.readBody(new ByteArrayInputStream(body), length, LIMIT))
                .isEqualTo(body);
    }

    @Test
    void refusesOneByteMore() {
        byte[] body = body(LIMIT + 1);

        assertRefused(() -> WebhookRequest.readBody(new ByteArrayInputStream(body), -1, LIMIT), BODY_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(longs = {LIMIT + 1, Integer.MAX_VALUE, Integer.MAX_VALUE + 1L, Long.MAX_VALUE})
    void readsNothingWhereTheDeclaredLengthIsTooLarge(long declared) {
        CountedStream stream = new CountedStream(0);

        assertRefused(() -> WebhookRequest.readBody(stream, declared, LIMIT), BODY_TOO_LARGE);
        assertThat(stream.given).isZero();
    }

    @Test
    void takesNoMoreThanOneByteBeyondTheLimit() {
        CountedStream endless = new CountedStream(Long.MAX_VALUE);

        assertRefused(() -> WebhookRequest.readBody(endless, 10, LIMIT), BODY_TOO_LARGE);
        assertThat(endless.given).isEqualTo(LIMIT + 1);
    }

    @Test
    void believesWhatArrivesAndNotWhatIsDeclared() throws Exception {
        assertThat(WebhookRequest.readBody(new CountedStream(7), LIMIT, LIMIT)).hasSize(7);
        assertThat(WebhookRequest.readBody(new CountedStream(7), 0, LIMIT)).hasSize(7);
    }

    @Test
    void asksForMemoryAsTheBodyArrives() throws Exception {
        CountedStream stream = new CountedStream(7);

        WebhookRequest.readBody(stream, 1 << 30, 1 << 30);

        assertThat(stream.largestRoom).isLessThanOrEqualTo(1 << 20);
    }

    @Test
    void refusesABodyThatCannotBeRead() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] room, int offset, int count) throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertRefused(() -> WebhookRequest.readBody(broken, -1, LIMIT), BODY_UNREADABLE);
    }

    private static byte[] body(int length) {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) 'b');
        return body;
    }

    private static final class CountedStream extends InputStream {
        private final long length;
        private long given;
        private int largestRoom;

        CountedStream(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            return given < length ? (int) (++given & 0x7F) : -1;
        }

        @Override
        public int read(byte[] room, int offset, int count) {
            if (count == 0) {
                throw new AssertionError("Tomcat waits for the sender when it is asked for nothing");
            }
            largestRoom = Math.max(largestRoom, room.length);
            int now = (int) Math.min(count, length - given);
            given += now;
            return now == 0 ? -1 : now;
        }
    }
}
