package dev.hookseal.testkit;

import dev.hookseal.signature.SigningSecret;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * What a provider adds to a body to make a delivery of it, after its own pages. Nothing here calls what a receiver verifies
 * with but the reading and writing of JSON, which is held against Node.js.
 */
sealed interface Sender permits FormFlowSender, ExtractaSender {

    /** The provider's name. */
    String name();

    /** The header with the signature. */
    String signatureHeader();

    /** The value of that header. */
    String signature(byte[] body, SigningSecret secret);

    /** The headers besides the signature and the content's type. */
    Map<String, String> furtherHeaders(Clock clock);

    /** The type of event that the secret goes by; empty where it does not. */
    String eventTypeOf(byte[] body);

    /** The signed values of the body that can change and leave it one that the provider could have sent. */
    List<JsonMember> changeableMembers(byte[] body);

    /** The largest body in bytes that a receiver takes by default. */
    int defaultMaxBodyBytes();
}
