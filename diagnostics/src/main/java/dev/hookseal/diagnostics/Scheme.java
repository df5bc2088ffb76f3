package dev.hookseal.diagnostics;

import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.internal.json.EcmaScriptJson;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.provider.WebhookProvider;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** How a provider signs: what, with which key, and how it writes the signature. */
enum Scheme {
    FORMFLOW {
        @Override
        WebhookProvider<?> provider() {
            return new FormFlowProvider();
        }

        @Override
        byte[] keyOf(byte[] secret) {
            return secret;
        }

        @Override
        List<byte[]> messages(byte[] body) {
            return List.of(body);
        }

        @Override
        String write(byte[] signature) {
            return HexFormat.of().formatHex(signature);
        }

        @Override
        Scheme other() {
            return EXTRACTA;
        }
    },
    EXTRACTA {
        @Override
        WebhookProvider<?> provider() {
            return new ExtractaProvider();
        }

        @Override
        byte[] keyOf(byte[] secret) {
            // one character for each byte, so that a secret that is no text stays as it is
            String text = new String(secret, StandardCharsets.ISO_8859_1);
            int at = text.indexOf(PREFIX);
            String key = at < 0 ? text : text.substring(0, at) + text.substring(at + PREFIX.length());
            return key.getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        List<byte[]> messages(byte[] body) {
            return Body.member("result", body)
                    .map(result -> {
                        byte[] asSent = Arrays.copyOfRange(body, result.from(), result.to());
                        byte[] written = asJavaScriptWrites(asSent);
                        return Arrays.equals(asSent, written) ? List.of(asSent) : List.of(asSent, written);
                    })
                    .orElse(List.of());
        }

        @Override
        String write(byte[] signature) {
            return Base64.getEncoder().encodeToString(signature);
        }

        @Override
        Scheme other() {
            return FORMFLOW;
        }
    };

    static final String PREFIX = "E_AI_K_";

    /** The receiver's side of it. */
    abstract WebhookProvider<?> provider();

    /** The header with the signature. */
    String signatureHeader() {
        return this == EXTRACTA ? ExtractaProvider.SIGNATURE_HEADER : FormFlowProvider.SIGNATURE_HEADER;
    }

    /** The bytes to sign with; they may be none. */
    abstract byte[] keyOf(byte[] secret);

    /** The forms of a body that a receiver takes for the signed one; none if it can't find any. */
    abstract List<byte[]> messages(byte[] body);

    /** A signature as its header has it. */
    abstract String write(byte[] signature);

    abstract Scheme other();

    /** The JSON as {@code JSON.stringify} writes it, or as it is if it is none. */
    static byte[] asJavaScriptWrites(byte[] json) {
        try {
            return EcmaScriptJson.stringify(json);
        } catch (JsonFormatException e) {
            return json;
        }
    }
}
