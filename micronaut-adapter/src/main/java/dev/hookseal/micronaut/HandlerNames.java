package dev.hookseal.micronaut;

import io.micronaut.inject.ExecutableMethod;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.UriRouteInfo;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of handlers that tell them apart: as short as in all messages unless two of them would have the same. */
final class HandlerNames {
    private final Map<String, Set<String>> byShortName = new HashMap<>();

    HandlerNames(List<UriRouteInfo<?, ?>> routes) {
        routes.forEach(route -> byShortName
                .computeIfAbsent(shortName(route), name -> new HashSet<>())
                .add(longName(route)));
    }

    String of(UriRouteInfo<?, ?> route) {
        return byShortName.getOrDefault(shortName(route), Set.of()).size() < 2 ? shortName(route) : longName(route);
    }

    private static String shortName(MethodBasedRouteInfo<?, ?> route) {
        return EventParameters.name(route.getTargetMethod().getExecutableMethod());
    }

    private static String longName(MethodBasedRouteInfo<?, ?> route) {
        ExecutableMethod<?, ?> method = route.getTargetMethod().getExecutableMethod();
        return route.getTargetMethod().getDeclaringType().getName() + "." + method.getMethodName()
                + Arrays.stream(method.getArgumentTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
