package dev.hookseal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.receive.WebhookReceiver;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the design promises of the code itself, read from core's class files. It loads them all, and so needs Jackson 3. */
@Tag("jackson-3")
class ArchitectureTest {
    private static final List<Class<?>> CLASSES = new ArrayList<>();
    private static Path root;

    @BeforeAll
    static void readClassFiles() throws Exception {
        root = Path.of(WebhookReceiver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file)
                        .toString()
                        .replace(root.getFileSystem().getSeparator(), ".");
                CLASSES.add(Class.forName(name.substring(0, name.length() - ".class".length())));
            }
        }
        assertThat(CLASSES).hasSizeGreaterThan(50);
    }

    @Test
    void touchesJavaxCryptoInOneClass() {
        assertThat(classesThatMention("javax/crypto")).containsExactly("dev.hookseal.signature.Hmac");
    }

    // equals on arrays and Arrays.equals tell by their time how much of a signature was right
    @Test
    void comparesBytesOfSignaturesInConstantTime() {
        assertThat(classesThatMention("java/security/MessageDigest"))
                .containsExactlyInAnyOrder(
                        "dev.hookseal.provider.Handshake",
                        "dev.hookseal.signature.Hmac",
                        "dev.hookseal.signature.SharedToken",
                        "dev.hookseal.signature.SigningSecret",
                        "dev.hookseal.store.DeliveryKey");
        assertThat(classesThatMention("java/util/Arrays"))
                .filteredOn(name -> name.startsWith("dev.hookseal.signature."))
                // it compares what was verified already
                .containsExactly("dev.hookseal.signature.SignedContent");
    }

    @Test
    void looksAtNoClockOfItsOwn() {
        assertThat(classesThatMention("currentTimeMillis")).isEmpty();
    }

    @Test
    void knowsNoFramework() {
        for (String framework : List.of("jakarta/", "javax/servlet", "org/springframework", "io/micronaut")) {
            assertThat(classesThatMention(framework)).isEmpty();
        }
    }

    // Micrometer is optional: where it is missing, any other class that named it could not be loaded.
    @ParameterizedTest
    @ValueSource(strings = {"observe.MicrometerObserver", "observe.MeteredDeliveryStore", "inbox.MeteredInbox"})
    void needsMicrometerInThreeClasses(String name) {
        assertThat(classesThatMention("io/micrometer"))
                .containsExactlyInAnyOrder(
                        "dev.hookseal.observe.MicrometerObserver",
                        "dev.hookseal.observe.MeteredDeliveryStore",
                        "dev.hookseal.inbox.MeteredInbox");
        assertThat(classesThatMention("dev/hookseal/" + name.replace('.', '/')))
                .containsExactly("dev.hookseal." + name);
    }

    // It is optional as well.
    @Test
    void needsJackson3InOneClass() {
        assertThat(classesThatMention("tools/jackson")).containsExactly("dev.hookseal.JacksonThreeText");
    }

    @Test
    void showsNoTypeOfAJsonLibraryOrACache() {
        List<String> shown = new ArrayList<>();
        for (Class<?> type : CLASSES) {
            if (isExported(type)) {
                Stream.of(type.getDeclaredMethods())
                        .filter(ArchitectureTest::isExported)
                        .forEach(m -> note(shown, m));
                Stream.of(type.getDeclaredConstructors())
                        .filter(ArchitectureTest::isExported)
                        .forEach(c -> note(shown, c));
                Stream.of(type.getDeclaredFields())
                        .filter(ArchitectureTest::isExported)
                        .forEach(f -> note(shown, f));
                note(shown, type.getGenericSuperclass());
                Stream.of(type.getGenericInterfaces()).forEach(i -> note(shown, i));
            }
        }
        assertThat(shown)
                .isNotEmpty()
                .noneMatch(text ->
                        text.contains("com.fasterxml") || text.contains("tools.jackson") || text.contains("benmanes"));
    }

    private static void note(List<String> shown, Object what) {
        shown.add(
                what instanceof Method method
                        ? method.toGenericString()
                        : what instanceof Constructor<?> constructor
                                ? constructor.toGenericString()
                                : what instanceof Field field ? field.toGenericString() : String.valueOf(what));
    }

    private static boolean isExported(Class<?> type) {
        Class<?> outer = type;
        while (outer != null) {
            if (!Modifier.isPublic(outer.getModifiers()) && !Modifier.isProtected(outer.getModifiers())) {
                return false;
            }
            outer = outer.getEnclosingClass();
        }
        return !type.getPackageName().contains(".internal");
    }

    private static boolean isExported(Member member) {
        return !member.isSynthetic()
                && (Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers()));
    }

    @Test
    void marksEveryPackageAsFreeOfNull() {
        assertThat(CLASSES.stream().map(Class::getPackage).distinct())
                .allMatch(one -> one.isAnnotationPresent(NullMarked.class));
    }

    // A web framework that found no other way would make one from a request's parameters.
    @ParameterizedTest
    @ValueSource(classes = {VerifiedWebhook.class, FormFlowEvent.class, ExtractaEvent.class})
    void allowsNoProxyOfAProof(Class<?> proof) {
        assertThat(proof.isSealed()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proxy.newProxyInstance(
                        proof.getClassLoader(), new Class<?>[] {proof}, (proxy, method, arguments) -> null));
    }

    @ParameterizedTest
    @ValueSource(classes = {VerifiedWebhook.class, FormFlowEvent.class, ExtractaEvent.class})
    void letsNobodyElseMakeAProof(Class<?> proof) {
        for (Class<?> permitted : proof.getPermittedSubclasses()) {
            assertThat(Modifier.isFinal(permitted.getModifiers())).isTrue();
            assertThat(Modifier.isPublic(permitted.getModifiers())).isFalse();
        }
    }

    private static List<String> classesThatMention(String text) {
        return CLASSES.stream()
                .filter(type -> bytes(type).contains(text))
                .map(Class::getName)
                .toList();
    }

    private static String bytes(Class<?> type) {
        try {
            return Files.readString(root.resolve(type.getName().replace('.', '/') + ".class"), ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
