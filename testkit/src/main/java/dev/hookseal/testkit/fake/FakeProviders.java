package dev.hookseal.testkit.fake;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * Gives a test class running fake providers, as parameters or in fields that are marked with {@link Fake}:
 * {@link FakeFormFlow} and {@link FakeExtracta}, one of each for the class and the classes nested in it, begun when it is
 * first asked for and stopped after the last test.
 *
 * <pre>{@code
 * @ExtendWith(FakeProviders.class)
 * @SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
 * class OrdersTest {
 *     @Fake
 *     static FakeFormFlow formFlow;
 *
 *     @DynamicPropertySource
 *     static void secrets(DynamicPropertyRegistry registry) {
 *         formFlow.properties("formflow").forEach((name, value) -> registry.add(name, () -> value));
 *     }
 * }
 * }</pre>
 *
 * <p>What a test does to them is undone after it: subscriptions, the URL to deliver to, what was delivered. What stands
 * before all tests stays. Tests of one class must not run at the same time.
 *
 * <p>It stands on the test class, before the annotation of the framework that starts the application. It works with JUnit
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

    /** Those of one class. */
    private static final class Fakes implements AutoCloseable {
        private @Nullable FakeFormFlow formFlow;
        private @Nullable FakeExtracta extracta;
        private final Map<FakeProvider<?>, Runnable> checkpoints = new LinkedHashMap<>();

        synchronized Object get(Class<?> type) {
            if (type == FakeFormFlow.class) {
                if (formFlow == null) {
                    formFlow = FakeFormFlow.start();
                    checkpoints.put(formFlow, formFlow.checkpoint());
                }
                return formFlow;
            }
            if (extracta == null) {
                extracta = FakeExtracta.create();
                checkpoints.put(extracta, extracta.checkpoint());
            }
            return extracta;
        }

        synchronized void beginTest() {
            checkpoints.replaceAll((provider, before) -> provider.checkpoint());
        }

        synchronized void endTest() {
            checkpoints.values().forEach(Runnable::run);
        }

        @Override
        public synchronized void close() {
            if (formFlow != null) {
                formFlow.close();
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
        return isFake(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return fakes(context).get(parameter.getParameter().getType());
    }

    private static boolean isFake(Class<?> type) {
        return type == FakeFormFlow.class || type == FakeExtracta.class;
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
        if (!isFake(field.getType())) {
            throw new ExtensionConfigurationException(
                    "@Fake marks a field of type FakeFormFlow or FakeExtracta, and " + field + " is none");
        }
        try {
            field.setAccessible(true);
            field.set(test, fakes(context).get(field.getType()));
        } catch (IllegalAccessException e) {
            throw new ExtensionConfigurationException(
                    "A field marked with @Fake is not final, and " + field + " is", e);
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
