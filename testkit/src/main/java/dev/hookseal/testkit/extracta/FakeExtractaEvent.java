package dev.hookseal.testkit.extracta;

import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaEventType;
import dev.hookseal.extracta.ExtractaKit;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.internal.JsonText;
import dev.hookseal.testkit.internal.Members;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An event of Extracta, to be changed at will; {@link ExtractaEvents} has ready ones. Its body is written as
 * JavaScript's {@code JSON.stringify} writes it, or as {@linkplain #writtenAs another writer} does.
 */
public final class FakeExtractaEvent implements FakeEvent<ExtractaEvent> {
    private static final String ANY_URL = "https://example.com/webhooks/extracta";
    private static final String EVENT = "event";
    private static final String RESULT = "result";

    private final Members members;
    private final JsonStyle style;

    private FakeExtractaEvent(Members members, JsonStyle style) {
        this.members = members;
        this.style = style;
    }

    static FakeExtractaEvent example() {
        return new FakeExtractaEvent(Members.NONE, JsonStyle.JAVASCRIPT)
                .withEvent(ExtractaEventType.EXTRACTION_PROCESSED)
                .withFiles(FakeExtractaFile.example());
    }

    /** Another {@code event}, known or not. It is not signed: the signature stays the same. */
    public FakeExtractaEvent withEvent(String event) {
        return with(EVENT, event);
    }

    /**
     * Another {@code event}.
     *
     * @throws IllegalArgumentException for {@link ExtractaEventType#UNKNOWN}, which has no name
     */
    public FakeExtractaEvent withEvent(ExtractaEventType type) {
        if (type == ExtractaEventType.UNKNOWN) {
            throw new IllegalArgumentException(
                    "UNKNOWN has no name: give the name itself, as in withEvent(\"classification.processed\")");
        }
        return withEvent(type.wireName());
    }

    /** Other files, in this order; none is possible too. */
    public FakeExtractaEvent withFiles(FakeExtractaFile... files) {
        return withFiles(List.of(files));
    }

    /** Other files, in this order; none is possible too. */
    public FakeExtractaEvent withFiles(List<FakeExtractaFile> files) {
        String json = files.stream().map(FakeExtractaFile::json).collect(Collectors.joining(",", "[", "]"));
        return changed(members.with(RESULT, json));
    }

    /**
     * Another value for the whole of {@code result}, the list of files included: for an unknown event, where it can be
     * anything. The data of one file is set by {@link FakeExtractaFile#withResult}.
     *
     * @param value a Map, a list, a number, a record, a bean, or {@link dev.hookseal.JsonData}
     * @throws IllegalArgumentException if it is a text, for which there is {@link #withWholeResultJson}, or cannot be
     *     written as JSON
     */
    public FakeExtractaEvent withWholeResult(Object value) {
        return changed(members.with(RESULT, JsonText.ofData(value, "withWholeResultJson")));
    }

    /**
     * The same as JSON text.
     *
     * @throws IllegalArgumentException if it is not JSON; the message says where
     */
    public FakeExtractaEvent withWholeResultJson(String json) {
        return changed(members.with(RESULT, JsonText.checked(json)));
    }

    /**
     * Sets any member of the body to any value, to add one or to give a documented one a value that it should not
     * have.
     *
     * @param value null, a text, a number, a Boolean, a Map, a list, a record or a bean
     * @throws IllegalArgumentException if it cannot be written as JSON
     */
    public FakeExtractaEvent with(String member, @Nullable Object value) {
        return changed(members.with(member, JsonText.of(value)));
    }

    /** Leaves a member of the body out; nothing happens if it is not there. */
    public FakeExtractaEvent without(String member) {
        return changed(members.without(member));
    }

    /** The same event in other bytes. The signature stays the same, since JavaScript's form is what is signed. */
    public FakeExtractaEvent writtenAs(JsonStyle style) {
        return new FakeExtractaEvent(members, style);
    }

    private FakeExtractaEvent changed(Members members) {
        return new FakeExtractaEvent(members, style);
    }

    @Override
    public String name() {
        return members.textOf(EVENT);
    }

    @Override
    public ProviderKit kit() {
        return new ExtractaKit();
    }

    @Override
    public WebhookProvider<ExtractaEvent> provider() {
        return new ExtractaProvider();
    }

    @Override
    public UnsignedDelivery unsigned() {
        byte[] body = style.rewrite(JsonText.asJavaScriptWrites(members.json())).getBytes(StandardCharsets.UTF_8);
        // Extracta sends nothing of these outside of the body
        return new UnsignedDelivery("POST", ANY_URL, name(), "", Instant.now(), body);
    }

    /**
     * {@inheritDoc} The key is the secret without its first {@code E_AI_K_}, as the provider's is.
     *
     * @throws IllegalArgumentException also if the body has no {@code result}, which is all that is signed
     */
    @Override
    public SignedDelivery signedWith(SecretSource secrets) {
        return FakeEvent.super.signedWith(secrets);
    }

    @Override
    public String toString() {
        return "FakeExtractaEvent" + members.json();
    }
}
