package dev.hookseal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.FakeExtracta;
import dev.hookseal.testkit.formflow.FakeFormFlow;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a consumer has that brings neither a framework nor a servlet API. */
class WithoutFrameworksTest {
    private static final Pattern FRAMEWORKS =
            Pattern.compile(".*(spring|micronaut|jakarta\\.servlet|junit|assertj|wiremock).*\\.jar");

    @Test
    void makesDeliveriesWhereThereIsNoFramework() throws Exception {
        try (URLClassLoader consumer = consumer()) {
            assertThatExceptionOfType(ClassNotFoundException.class)
                    .isThrownBy(() -> consumer.loadClass("org.springframework.mock.web.MockHttpServletRequest"));

            for (Class<?> events : Arrays.asList(FormFlowEvents.class, ExtractaEvents.class)) {
                Object documented = consumer.loadClass(events.getName())
                        .getMethod("documented")
                        .invoke(null);
                Class<?> fakeEvent = consumer.loadClass(FakeEvent.class.getName());
                for (Object event : (Iterable<?>) documented) {
                    Object signed =
                            fakeEvent.getMethod("signedWith", String.class).invoke(event, "E_AI_K_test");
                    assertThat(signed.getClass()
                                    .getMethod("toHttpRequest", URI.class)
                                    .invoke(signed, URI.create("http://127.0.0.1/")))
                            .isNotNull();
                }
            }
        }
    }

    @Test
    void deliversForExtractaWhereThereIsNoWireMock() throws Exception {
        try (URLClassLoader consumer = consumer()) {
            assertThatExceptionOfType(ClassNotFoundException.class)
                    .isThrownBy(() -> consumer.loadClass("com.github.tomakehurst.wiremock.WireMockServer"));
            Class<?> provider = consumer.loadClass(FakeExtracta.class.getName());
            Object extracta = provider.getMethod("create").invoke(null);
            provider.getMethod("deliverTo", URI.class).invoke(extracta, URI.create("http://127.0.0.1:1/"));
            Class<?> event = consumer.loadClass(FakeEvent.class.getName());
            Object processed = consumer.loadClass(ExtractaEvents.class.getName())
                    .getMethod("processed")
                    .invoke(null);

            Object deliveries = provider.getMethod("deliver", event).invoke(extracta, processed);

            assertThat(deliveries.toString()).contains("extraction.processed to http://127.0.0.1:1/");
        }
    }

    @Test
    void saysWhatTheFakeFormFlowNeeds() throws Exception {
        try (URLClassLoader consumer = consumer()) {
            Method start = consumer.loadClass(FakeFormFlow.class.getName()).getMethod("start");

            assertThatExceptionOfType(InvocationTargetException.class)
                    .isThrownBy(() -> start.invoke(null))
                    .havingCause()
                    .withMessageContaining("org.wiremock:wiremock-standalone");
        }
    }

    @Test
    void touchesWireMockInOneClass() throws Exception {
        Path classes = Path.of(FakeFormFlow.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            assertThat(files.filter(file -> file.toString().endsWith(".class"))
                            .filter(WithoutFrameworksTest::mentionsWireMock)
                            .map(file -> file.getFileName().toString().replaceFirst("[$.].*", ""))
                            .distinct())
                    .containsExactly("ApiServer");
        }
    }

    private static boolean mentionsWireMock(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains("com/github/tomakehurst");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URLClassLoader consumer() {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !FRAMEWORKS.matcher(entry).matches())
                .map(entry -> Path.of(entry).toUri())
                .map(WithoutFrameworksTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(URI uri) {
        try {
            return uri.toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
