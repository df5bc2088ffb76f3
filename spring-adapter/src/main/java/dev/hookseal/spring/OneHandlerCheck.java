package dev.hookseal.spring;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.spring.AnnotatedBeans.AnnotatedBean;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Fails the start where two annotated handlers are mapped to the same requests, before Spring MVC does: its "ambiguous
 * mapping" does not say how several events at one URL are done.
 */
final class OneHandlerCheck implements BeanPostProcessor {
    private final ConfigurableListableBeanFactory beans;

    OneHandlerCheck(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof RequestMappingHandlerMapping) {
            check();
        }
        return bean;
    }

    private void check() {
        Map<Conditions, AnnotatedHandler> known = new HashMap<>();
        for (AnnotatedBean bean : AnnotatedBeans.of(beans)) {
            for (Method method : bean.methods()) {
                Conditions conditions = Conditions.of(method, bean.type());
                AnnotatedHandler handler = AnnotatedHandler.of(method, bean.type());
                AnnotatedHandler other = conditions == null ? null : known.put(conditions, handler);
                if (conditions != null && other != null && !other.equals(handler)) {
                    throw new WebhookConfigurationException(
                            other + " and " + handler + " are both annotated with @WebhookEndpoint and mapped to "
                                    + conditions.paths() + ", and one URL has one handler for all of its events",
                            "let one of the methods take them, and tell them apart by event.type(), or give each its"
                                    + " own URL");
                }
            }
        }
    }

    /** The conditions that a mapping compares. */
    private record Conditions(List<Set<String>> ofClass, Set<String> paths, List<Set<String>> ofMethod) {

        static @Nullable Conditions of(Method method, Class<?> type) {
            RequestMapping own = mapping(method);
            RequestMapping shared = mapping(type);
            return own == null
                    ? null
                    : new Conditions(
                            shared == null ? List.of() : conditions(shared),
                            new TreeSet<>(List.of(own.path())),
                            conditions(own));
        }

        private static @Nullable RequestMapping mapping(AnnotatedElement element) {
            return AnnotatedElementUtils.findMergedAnnotation(element, RequestMapping.class);
        }

        private static List<Set<String>> conditions(RequestMapping mapping) {
            return List.of(
                    Set.copyOf(Arrays.asList(mapping.path())),
                    Set.copyOf(Arrays.stream(mapping.method()).map(Enum::name).toList()),
                    Set.copyOf(Arrays.asList(mapping.params())),
                    Set.copyOf(Arrays.asList(mapping.headers())),
                    Set.copyOf(Arrays.asList(mapping.consumes())),
                    Set.copyOf(Arrays.asList(mapping.produces())));
        }
    }
}
