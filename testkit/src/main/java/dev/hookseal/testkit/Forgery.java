package dev.hookseal.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.SampleEvent;
import dev.hookseal.signature.SigningSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A genuine delivery made wrong on purpose, so that an endpoint has to reject it. Only what the name says is changed: an
 * endpoint that takes the delivery does so because it does not look at that one thing.
 *
 * <pre>{@code
 * FakeEvent.sample("acme", "order.paid").signedWith(secret).forged(Forgery.TAMPERED_BODY)
 * }</pre>
 *
 * <p>A forgery is made with the provider's {@link ProviderKit} and scheme. One that would stay genuine, or that an
 * endpoint with the provider's defaults does not check, {@linkplain #appliesTo does not apply}.
 */
public enum Forgery {
    /** Without any header that carries a signature. */
    UNSIGNED {
        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            SignedDelivery unsigned = genuine;
            for (String header : ThrowAwayEndpoint.scheme(genuine).headers()) {
                unsigned = unsigned.withHeader(header);
            }
            return unsigned;
        }
    },
    /** Signed with a secret that the endpoint does not have. */
    WRONG_SECRET {
        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            List<SigningSecret> right = genuine.newestFirst();
            return genuine.signedBy(Stream.iterate(0, seed -> seed + 1)
                    .map(seed -> genuine.kit().newSecret("wrong secret " + seed).signing())
                    .filter(secret -> !right.contains(secret))
                    .findFirst()
                    .orElseThrow());
        }
    },
    /** With secrets that differ by event: signed with the secret of another event. */
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
                            "it was not signed with secrets that differ by event, as"
                                    + " signedWith(SecretSource.byEventType(...)) does")));
        }

        private Optional<SigningSecret> otherSecret(SignedDelivery delivery) {
            if (!delivery.secrets().differsByEventType()) {
                return Optional.empty();
            }
            ProviderKit kit = delivery.kit();
            Set<String> names =
                    new LinkedHashSet<>(delivery.secrets().fixedSecrets().keySet());
            for (SampleEvent sample : kit.samples()) {
                names.add(kit.secretName(
                        SignedDelivery.with(delivery.content(), sample.body().getBytes(StandardCharsets.UTF_8))));
            }
            List<SigningSecret> own = delivery.newestFirst();
            return names.stream()
                    .flatMap(name -> delivery.secrets().secretsFor(name).stream())
                    .filter(secret -> !own.contains(secret))
                    .findFirst();
        }
    },
    /** One letter or digit of what is signed is another one: still what the provider could have sent. */
    TAMPERED_BODY {
        @Override
        public boolean appliesTo(SignedDelivery delivery) {
            return tampered(delivery)
                    .filter(changed -> !staysGenuine(delivery, changed))
                    .isPresent();
        }

        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            byte[] tampered = tampered(genuine)
                    .orElseThrow(() -> doesNotApply(
                            genuine, "there is no text or number in what is signed that could be another one"));
            if (staysGenuine(genuine, tampered)) {
                throw doesNotApply(genuine, WOULD_STAY_GENUINE);
            }
            return genuine.withBody(tampered);
        }

        private Optional<byte[]> tampered(SignedDelivery delivery) {
            byte[] body = delivery.body();
            return delivery.kit().signedParts(body).stream()
                    .flatMap(part -> ChangeableByte.in(body, part).stream())
                    .findFirst()
                    .map(at -> {
                        body[at] = (byte) (body[at] == '1' ? '2' : '1');
                        return body;
                    });
        }
    },
    /** Only the first half of the body. */
    TRUNCATED {
        @Override
        public boolean appliesTo(SignedDelivery delivery) {
            return !staysGenuine(delivery, half(delivery));
        }

        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            if (!appliesTo(genuine)) {
                throw doesNotApply(genuine, WOULD_STAY_GENUINE);
            }
            return genuine.withBody(half(genuine));
        }

        private byte[] half(SignedDelivery delivery) {
            byte[] body = delivery.content().body();
            return Arrays.copyOf(body, body.length / 2);
        }
    },
    /**
     * The same JSON from another writer, with line ends and blanks, as after a proxy or a framework that parsed the body.
     * It does not apply to a provider whose deliveries {@linkplain ProviderKit#isGenuineRewritten stay genuine}.
     */
    REWRITTEN {
        @Override
        public boolean appliesTo(SignedDelivery delivery) {
            return !delivery.kit().isGenuineRewritten()
                    && rewritten(delivery)
                            .filter(body -> !staysGenuine(delivery, body))
                            .isPresent();
        }

        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            byte[] rewritten = rewritten(genuine).orElseThrow(() -> doesNotApply(genuine, "its body is not JSON"));
            if (!appliesTo(genuine)) {
                throw doesNotApply(genuine, WOULD_STAY_GENUINE);
            }
            return genuine.withBody(rewritten);
        }

        private Optional<byte[]> rewritten(SignedDelivery delivery) {
            byte[] body = delivery.content().body();
            try {
                JsonNode json = JSON.readTree(body);
                return Stream.of(json.toPrettyString(), json.toString())
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .filter(written -> !Arrays.equals(written, body))
                        .findFirst();
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    },
    /** Each signature header twice, with the right signature. */
    DOUBLED_SIGNATURE {
        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            SignedDelivery doubled = genuine;
            for (String header : ThrowAwayEndpoint.scheme(genuine).headers()) {
                List<String> values = genuine.toWebhookRequest().headers(header);
                doubled = doubled.withHeader(
                        header, Stream.concat(values.stream(), values.stream()).toArray(String[]::new));
            }
            return doubled;
        }
    },
    /**
     * From longer ago than any endpoint takes, with a valid signature: a time of signing outside of the longest
     * {@code tolerance}, or an event from before the longest {@code replay-window}, by which of them the provider declares.
     */
    STALE {
        @Override
        public boolean appliesTo(SignedDelivery delivery) {
            return CheckedTime.of(delivery).isPresent();
        }

        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            return checkedTime(genuine).stale();
        }
    },
    /**
     * From ahead of the clock, with a valid signature: by an hour more than the longest {@code tolerance}, or by an hour
     * if the provider declares a {@code replay-window}, for which a receiver allows 5 minutes.
     */
    FROM_THE_FUTURE {
        @Override
        public boolean appliesTo(SignedDelivery delivery) {
            return CheckedTime.of(delivery).isPresent();
        }

        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            return checkedTime(genuine).fromTheFuture();
        }
    },
    /**
     * One byte larger than the provider's default limit, with a valid signature. For an endpoint with another limit see
     * {@link SignedDelivery#oversized}.
     */
    OVERSIZED {
        @Override
        SignedDelivery apply(SignedDelivery genuine) {
            return genuine.oversized(genuine.kit().provider().defaultMaxBodyBytes());
        }
    };

    private static final JsonMapper JSON = new JsonMapper();
    private static final String WOULD_STAY_GENUINE =
            "it would stay genuine, because its signature does not cover what is changed";

    /** The name in lower case with hyphens, such as {@code tampered-body}: for command lines and reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The forgery of a label.
     *
     * @throws IllegalArgumentException without one; the message has all labels
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

    /** Returns whether another body has the same signature: what is changed is not signed, or nothing is. */
    static boolean staysGenuine(SignedDelivery genuine, byte[] body) {
        try {
            return genuine.signedAgain(SignedDelivery.with(genuine.content(), body))
                    .headers()
                    .equals(genuine.headers());
        } catch (IllegalArgumentException e) {
            // the provider could not have sent it
            return false;
        }
    }

    CheckedTime checkedTime(SignedDelivery genuine) {
        return CheckedTime.of(genuine)
                .orElseThrow(() -> doesNotApply(genuine, "it has no time that a receiver checks by default"));
    }

    IllegalStateException doesNotApply(SignedDelivery delivery, String reason) {
        return new IllegalStateException(delivery + " cannot be forged to be " + label() + ": " + reason);
    }
}
