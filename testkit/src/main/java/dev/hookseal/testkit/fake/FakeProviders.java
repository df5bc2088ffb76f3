package dev.hookseal.testkit.fake;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;

/**
 * Gives a test class running fake providers, as parameters or in fields that are marked with {@link Fake}: one of each
 * for the class and the classes nested in it, begun when it is first requested and stopped after the last test. A type
 * that extends {@link FakeProvider}, such as {@code FakeFormFlow}, says which provider; {@code @Fake("acme")} with
 * {@link FakeProvider} itself is for any provider that has a kit.
 *
 * <pre>{@code
 * @ExtendWith(FakeProviders.class)
 * @SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
 * class OrdersTest {
 *     @Fake
 *     static FakeFormFlow formFlow;
 *
 *     @Fake("acme")
 *     static FakeProvider acme;
 *
 *     @DynamicPropertySource
 *     static void secrets(DynamicPropertyRegistry registry) {
 *         formFlow.properties("formflow").forEach((name, value) -> registry.add(name, () -> value));
 *     }
 * }
 * }</pre>
 *
 * <p>What a test does to them is undone after it: subscriptions, the URL to deliver to, what was delivered. What was set up
 * before all tests remains. Tests of one class must not run at the same time.
 *
 * <p>It belongs on the test class, before the annotation of the framework that starts the application. It works with JUnit
 * 5.12 and later.
 */
public final class FakeProviders
        implements BeforeAllCallback,
                TestInstancePostProcessor,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(FakeProviders.class);

    /** For JUnit. */
    public FakeProviders() {}

    /** Those of one test class, by their type and the provider's name. */
    private static final class Fakes implements AutoCloseable {
        private final Map<Wanted, FakeProvider> providers = new LinkedHashMap<>();
        private final Map<FakeProvider, Runnable> checkpoints = new LinkedHashMap<>();

        synchronized FakeProvider get(Wanted wanted) {
            return providers.computeIfAbsent(wanted, each -> {
                FakeProvider provider = each.begin();
                checkpoints.put(provider, provider.checkpoint());
                return provider;
            });
        }

        synchronized void beginTest() {
            checkpoints.replaceAll((provider, before) -> provider.checkpoint());
        }

        synchronized void endTest() {
            checkpoints.values().forEach(Runnable::run);
        }

        @Override
        public synchronized void close() {
            providers.values().forEach(FakeProvider::stop);
        }
    }

    /** What a field or parameter has to be given; the name is empty for a type of one provider. */
    private record Wanted(Class<?> type, String provider) {

        static Optional<Wanted> of(Class<?> type, @Nullable Fake mark) {
            String provider = mark == null ? "" : mark.value();
            // with a name, any provider; without one, a type of one provider
            return FakeProvider.class.isAssignableFrom(type) && type.equals(FakeProvider.class) != provider.isEmpty()
                    ? Optional.of(new Wanted(type, provider))
                    : Optional.empty();
        }

        FakeProvider begin() {
            if (!provider.isEmpty()) {
                return FakeProvider.of(provider);
            }
            for (Method method : type.getDeclaredMethods()) {
                if (Modifier.isStatic(method.getModifiers())
                        && Modifier.isPublic(method.getModifiers())
                        && method.getReturnType().equals(type)
                        && method.getParameterCount() == 0) {
                    return call(method);
                }
            }
            throw new ExtensionConfigurationException(
                    type.getName() + " has no public static method without parameters that returns one: add one");
        }

        private static FakeProvider call(Method method) {
            try {
                return (FakeProvider) method.invoke(null);
            } catch (InvocationTargetException e) {
                throw new ExtensionConfigurationException(
                        method + " failed: " + e.getTargetException().getMessage(), e.getTargetException());
            } catch (IllegalAccessException e) {
                throw new ExtensionConfigurationException(method + " cannot be called: make its class public", e);
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        inject(context, context.getRequiredTestClass(), null);
    }

    // static fields too: with one instance for all tests, it is made before beforeAll
    @Override
    public void postProcessTestInstance(Object test, ExtensionContext context) {
        inject(context, test.getClass(), null);
        inject(context, test.getClass(), test);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        fakes(context).beginTest();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        fakes(context).endTest();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (outermost(context).getUniqueId().equals(context.getUniqueId())) {
            // JUnit closes it by itself only from 5.13 on
            fakes(context).close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return wanted(parameter).isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return fakes(context).get(wanted(parameter).orElseThrow());
    }

    private static Optional<Wanted> wanted(ParameterContext parameter) {
        return Wanted.of(
                parameter.getParameter().getType(),
                parameter.findAnnotation(Fake.class).orElse(null));
    }

    /** Sets the static fields, or those of an instance. */
    private static void inject(ExtensionContext context, Class<?> testClass, @Nullable Object test) {
        for (Class<?> type = testClass; type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(Fake.class)
                        && Modifier.isStatic(field.getModifiers()) == (test == null)) {
                    set(field, test, context);
                }
            }
        }
    }

    private static void set(Field field, @Nullable Object test, ExtensionContext context) {
        Wanted wanted = Wanted.of(field.getType(), field.getAnnotation(Fake.class))
                .orElseThrow(() -> new ExtensionConfigurationException("The type or the name is wrong: " + field
                        + " must be of a type that extends FakeProvider, or a FakeProvider with"
                        + " the provider's name: @Fake(\"acme\")"));
        try {
            field.setAccessible(true);
            field.set(test, fakes(context).get(wanted));
        } catch (IllegalAccessException e) {
            throw new ExtensionConfigurationException(field + " is final: a field marked with @Fake must not be", e);
        }
    }

    private static ExtensionContext outermost(ExtensionContext context) {
        ExtensionContext outermost = context;
        for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
            outermost = at.getTestClass().isPresent() ? at : outermost;
        }
        return outermost;
    }

    private static Fakes fakes(ExtensionContext context) {
        Store store = outermost(context).getStore(NAMESPACE);
        synchronized (FakeProviders.class) {
            Fakes fakes = store.get(Fakes.class, Fakes.class);
            if (fakes == null) {
                fakes = new Fakes();
                store.put(Fakes.class, fakes);
            }
            return fakes;
        }
    }
}
