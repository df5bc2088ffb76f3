package dev.hookseal.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Changes what some methods of an object answer. */
final class Answering {
    private Answering() {}

    /** Makes another answer of an answer. */
    @FunctionalInterface
    interface Change {
        Object of(Object answer);
    }

    /** Returns an object that answers as another does, but for some methods. */
    static <T> T as(Class<T> type, T original, Map<String, Change> changes) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(original, arguments);
                        Change change = changes.get(method.getName());
                        return change == null ? answer : change.of(answer);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
