package dev.hookseal.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.formflow.FormFlowEventType;
import dev.hookseal.signature.SigningSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A genuine delivery made wrong on purpose, so that an endpoint has to reject it. Only what the name says is changed: an
 * endpoint that takes the delivery does so because it does not look at that one thing.
 *
 * <pre>{@code
 * FormFlowEvents.extracted().signedWith(secret).forged(Forgery.TAMPERED_BODY)
 * }</pre>
 */
public enum Forgery {
    /** Without the signature header. */
    UNSIGNED {
        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            return genuine.withHeader(genuine.sender().signatureHeader());
        }
    },
    /** Signed with a secret that is nobody's. */
    WRONG_SECRET {
        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            byte[] right = genuine.newestFirst().get(0).exposeSecretBytes();
            byte[] wrong = Arrays.copyOf(right, right.length + 1);
            wrong[right.length] = '!';
            return genuine.signedBy(SigningSecret.ofBytes(wrong));
        }
    },
    /** FormFlow, signed with secrets that differ by type of event: signed with the secret of another type. */
    SECRET_OF_ANOTHER_EVENT {
        @Override
        public boolean appliesTo(SignedDelivery delivery) {
            return otherSecret(delivery).isPresent();
        }

        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            return genuine.signedBy(otherSecret(genuine)
                    .orElseThrow(() -> doesNotApply(
                            genuine,
                            "it was not signed with secrets that differ by type of event, as"
                                    + " signedWith(SecretSource.byEventType(...)) does")));
        }

        private Optional<SigningSecret> otherSecret(SignedDelivery delivery) {
            if (!delivery.secrets().differsByEventType()) {
                return Optional.empty();
            }
            List<SigningSecret> own = delivery.newestFirst();
            return Arrays.stream(FormFlowEventType.values())
                    .flatMap(type -> delivery.secrets().secretsFor(type.wireName()).stream())
                    .filter(secret -> !own.contains(secret))
                    .findFirst();
        }
    },
    /** One letter or digit of a signed value is another one: still what the provider could have sent. */
    TAMPERED_BODY {
        @Override
        public boolean appliesTo(SignedDelivery delivery) {
            return changeableByte(delivery).isPresent();
        }

        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            int at = changeableByte(genuine)
                    .orElseThrow(() -> doesNotApply(
                            genuine, "there is no text or number in what is signed that could be another one"));
            byte[] body = genuine.body();
            body[at] = (byte) (body[at] == '1' ? '2' : '1');
            return genuine.withBody(body);
        }

        private Optional<Integer> changeableByte(SignedDelivery delivery) {
            byte[] body = delivery.sharedBody();
            return delivery.sender().changeableMembers(body).stream()
                    .flatMap(member -> member.changeableByte(body).stream())
                    .findFirst();
        }
    },
    /** Only the first half of the body. */
    TRUNCATED {
        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            byte[] body = genuine.sharedBody();
            return genuine.withBody(Arrays.copyOf(body, body.length / 2));
        }
    },
    /**
     * FormFlow: the same JSON from another writer, with line ends and blanks, as after a proxy or a framework that
     * parsed the body. With Extracta such a delivery is genuine: see {@link JsonStyle}.
     */
    REWRITTEN {
        @Override
        public boolean appliesTo(SignedDelivery delivery) {
            return delivery.sender() instanceof FormFlowSender
                    && rewritten(delivery).isPresent();
        }

        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            if (!appliesTo(genuine)) {
                throw doesNotApply(
                        genuine,
                        genuine.sender() instanceof FormFlowSender ? "its body is no JSON" : "it would stay genuine");
            }
            return genuine.withBody(rewritten(genuine).orElseThrow());
        }

        private Optional<byte[]> rewritten(SignedDelivery delivery) {
            try {
                JsonNode json = JSON.readTree(delivery.sharedBody());
                return Stream.of(json.toPrettyString(), json.toString())
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .filter(body -> !Arrays.equals(body, delivery.sharedBody()))
                        .findFirst();
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    },
    /** The right signature in two header lines. */
    DOUBLED_SIGNATURE {
        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            String header = genuine.sender().signatureHeader();
            List<String> values = genuine.headers().getOrDefault(header, List.of());
            return genuine.withHeader(
                    header, Stream.concat(values.stream(), values.stream()).toArray(String[]::new));
        }
    },
    /**
     * FormFlow: an event from longer ago than any replay window reaches, with a valid signature. For one that is just too old
     * see {@link FakeFormFlowEvent#withTimestamp}.
     */
    STALE {
        @Override
        public boolean appliesTo(SignedDelivery delivery) {
            return hasSignedTime(delivery);
        }

        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            return withSignedTime(genuine, LONGEST_REPLAY_WINDOW.plusDays(1).negated());
        }
    },
    /** FormFlow: an event from an hour ahead of the clock, with a valid signature; a receiver allows for 5 minutes. */
    FROM_THE_FUTURE {
        @Override
        public boolean appliesTo(SignedDelivery delivery) {
            return hasSignedTime(delivery);
        }

        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            return withSignedTime(genuine, Duration.ofHours(1));
        }
    },
    /**
     * One byte larger than the provider's default limit, with a valid signature. For an endpoint with a limit of its own see
     * {@link SignedDelivery#oversized}.
     */
    OVERSIZED {
        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            return genuine.oversized(genuine.sender().defaultMaxBodyBytes());
        }
    };

    private static final JsonMapper JSON = new JsonMapper();

    // EndpointSettings takes none that is longer
    private static final Duration LONGEST_REPLAY_WINDOW = Duration.ofDays(3650);

    /** The name in lower case with hyphens, such as {@code tampered-body}: for command lines and reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The forgery of a label.
     *
     * @throws IllegalArgumentException if there is none; the message has all labels
     */
    public static Forgery labelled(String label) {
        return Arrays.stream(values())
                .filter(forgery -> forgery.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no forgery \"" + label + "\"; there are "
                        + Arrays.stream(values()).map(Forgery::label).collect(Collectors.joining(", "))));
    }

    /** Returns whether a genuine delivery can be forged in this way. */
    public boolean appliesTo(SignedDelivery delivery) {
        return true;
    }

    /**
     * Returns the forgery.
     *
     * @throws IllegalStateException if it cannot be
     */
    abstract SignedDelivery apply(SignedDelivery genuine);

    private static boolean hasSignedTime(SignedDelivery delivery) {
        return delivery.sender() instanceof FormFlowSender
                && JsonMember.last("timestamp", delivery.sharedBody()).isPresent();
    }

    SignedDelivery withSignedTime(SignedDelivery genuine, Duration fromNow) {
        if (!hasSignedTime(genuine)) {
            throw doesNotApply(genuine, "it has no signed time");
        }
        byte[] body = genuine.sharedBody();
        JsonMember timestamp = JsonMember.last("timestamp", body).orElseThrow();
        String time = FormFlowSender.isoText(genuine.clock().instant().plus(fromNow));
        byte[] written = JsonText.of(time).getBytes(StandardCharsets.UTF_8);
        byte[] changed = new byte[body.length - (timestamp.to() - timestamp.from()) + written.length];
        System.arraycopy(body, 0, changed, 0, timestamp.from());
        System.arraycopy(written, 0, changed, timestamp.from(), written.length);
        System.arraycopy(
                body, timestamp.to(), changed, timestamp.from() + written.length, body.length - timestamp.to());
        return genuine.signedAgain(changed);
    }

    IllegalStateException doesNotApply(SignedDelivery delivery, String reason) {
        return new IllegalStateException(delivery + " cannot be forged to be " + label() + ": " + reason);
    }
}
