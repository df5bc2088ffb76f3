package dev.hookseal.diagnostics;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The texts that a JSON text may have been before something parsed it and wrote it again. There is no end of them, so
 * these are those of common writers, and as many of the others as a moment's time allows.
 */
final class JsonVariants {
    private static final int MAX_VARIANTS = 50_000;
    // a public key takes a hundred times as long as an HMAC
    private static final int MAX_VARIANTS_OF_PUBLIC_KEYS = 1_000;
    private static final long MAX_BYTES = 64L * 1024 * 1024;
    private static final int MAX_PERMUTED_MEMBERS = 7;
    private static final int MAX_MOVED_MEMBERS = 30;
    private static final int MAX_COMBINED_NUMBERS = 150;
    private static final int ENOUGH_TO_BE_ODD = 5;

    private final Json json;
    private final List<List<String>> documentedOrders;
    private final Layout layout;
    private final long limit;
    private final long combinedNumbers;

    private JsonVariants(Json json, String text, List<List<String>> documentedOrders, boolean isPublicKey) {
        this.json = json;
        this.documentedOrders = documentedOrders;
        this.layout = Arrays.stream(Layout.values())
                .filter(one -> one.write(json).equals(text))
                .findFirst()
                .orElse(Layout.COMPACT);
        int most = isPublicKey ? MAX_VARIANTS_OF_PUBLIC_KEYS : MAX_VARIANTS;
        this.combinedNumbers = isPublicKey ? 0 : MAX_COMBINED_NUMBERS;
        this.limit = Math.max(20, Math.min(most, MAX_BYTES / Math.max(1, text.length())));
    }

    /**
     * Returns the variants of a text; none if it is not JSON.
     *
     * @param documentedOrders orders of names, from {@link #ordersIn}, that are worth a try
     * @param isPublicKey whether each try takes long
     */
    static Stream<Variant> of(byte[] text, List<List<String>> documentedOrders, boolean isPublicKey) {
        return Json.read(text)
                .map(json -> new JsonVariants(
                                json, new String(text, StandardCharsets.UTF_8), documentedOrders, isPublicKey)
                        .all())
                .orElse(Stream.empty());
    }

    /** Returns the names of the members of each object in a text, in their order and as they are written. */
    static List<List<String>> ordersIn(byte[] text) {
        List<List<String>> orders = new ArrayList<>();
        Json.read(text).ifPresent(json -> addOrders(json, orders));
        return orders;
    }

    private static void addOrders(Json json, List<List<String>> orders) {
        if (json instanceof Json.Members members) {
            orders.add(members.names());
            for (Json value : members.values()) {
                addOrders(value, orders);
            }
        } else if (json instanceof Json.Elements elements) {
            for (Json value : elements.values()) {
                addOrders(value, orders);
            }
        }
    }

    private Stream<Variant> all() {
        return Stream.of(layouts(), escapings(), numbers(), orders(), combined())
                .flatMap(part -> part);
    }

    private Stream<Variant> layouts() {
        return Arrays.stream(Layout.values())
                .map(one -> variant(Cause.PRETTY_PRINTED, "signed was " + one.description(), one.write(json)));
    }

    private Stream<Variant> escapings() {
        return Arrays.stream(Escaping.values())
                .map(one -> variant(
                        Cause.CHARACTERS_ESCAPED,
                        "escaped in what was signed: " + one.description(),
                        layout.write(escaped(json, one))));
    }

    private static Json escaped(Json json, Escaping escaping) {
        return rewritten(
                json,
                scalar -> scalar.isString() ? new Json.Scalar(escaping.rewrite(scalar.written())) : scalar,
                escaping::rewrite);
    }

    // in loops, since a body may be nested a thousand levels deep, and a stream takes many frames for each
    private static Json rewritten(Json json, UnaryOperator<Json.Scalar> scalars, UnaryOperator<String> names) {
        if (json instanceof Json.Scalar scalar) {
            return scalars.apply(scalar);
        }
        if (json instanceof Json.Members members) {
            List<String> rewrittenNames = new ArrayList<>();
            for (String name : members.names()) {
                rewrittenNames.add(names.apply(name));
            }
            return new Json.Members(rewrittenNames, rewritten(members.values(), scalars, names));
        }
        return new Json.Elements(rewritten(((Json.Elements) json).values(), scalars, names));
    }

    private static List<Json> rewritten(
            List<Json> values, UnaryOperator<Json.Scalar> scalars, UnaryOperator<String> names) {
        List<Json> rewritten = new ArrayList<>();
        for (Json value : values) {
            rewritten.add(rewritten(value, scalars, names));
        }
        return rewritten;
    }

    private Stream<Variant> numbers() {
        return numbersRewritten(json).map(one -> variant(Cause.NUMBERS_REWRITTEN, "", layout.write(one)));
    }

    /** Each number in each of its ways, as far as the limit goes. The first are those with one number changed. */
    private Stream<Json> numbersRewritten(Json from) {
        List<List<String>> writings = new ArrayList<>();
        rewritten(
                from,
                scalar -> {
                    List<String> ways = new ArrayList<>(List.of(scalar.written()));
                    ways.addAll(NumberWriting.othersFor(scalar));
                    writings.add(ways);
                    return scalar;
                },
                name -> name);
        Stream<int[]> choices = Stream.concat(
                allInTheSameWay(writings),
                Choices.of(writings.stream().map(List::size).toList()).limit(limit));
        return choices.map(choice -> chosen(from, writings, choice));
    }

    /** Of larger bodies there are too many choices, but one writer writes all numbers alike. */
    private static Stream<int[]> allInTheSameWay(List<List<String>> writings) {
        int most = writings.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(1, most)
                .mapToObj(way -> writings.stream()
                        .mapToInt(ways -> Math.min(way, ways.size() - 1))
                        .toArray());
    }

    private static Json chosen(Json from, List<List<String>> writings, int[] choice) {
        int[] at = {0};
        return rewritten(
                from,
                scalar -> {
                    int i = at[0]++;
                    return new Json.Scalar(writings.get(i).get(choice[i]));
                },
                name -> name);
    }

    /** Objects with the same names are taken to be of one kind, and in the same order. */
    private Stream<Variant> orders() {
        Map<Set<String>, List<List<String>>> orders = new LinkedHashMap<>();
        collect(json, orders);
        List<Set<String>> kinds = List.copyOf(orders.keySet());
        return Choices.of(kinds.stream()
                        .map(kind -> orders.getOrDefault(kind, List.of()).size())
                        .toList())
                .limit(limit)
                .map(choice -> {
                    Map<Set<String>, List<String>> chosen = new HashMap<>();
                    for (int i = 0; i < choice.length; i++) {
                        chosen.put(
                                kinds.get(i),
                                orders.getOrDefault(kinds.get(i), List.of()).get(choice[i]));
                    }
                    return variant(Cause.KEYS_REORDERED, "", layout.write(ordered(json, chosen)));
                });
    }

    /** Returns whether all objects have their names in alphabetical order, and there are enough of them to be odd. */
    static boolean isSorted(List<List<String>> orders) {
        return orders.stream().anyMatch(names -> names.size() >= ENOUGH_TO_BE_ODD)
                && orders.stream()
                        .allMatch(names -> names.stream().sorted().toList().equals(names));
    }

    private void collect(Json json, Map<Set<String>, List<List<String>>> orders) {
        if (json instanceof Json.Members members) {
            Set<String> kind = new LinkedHashSet<>(members.names());
            if (kind.size() == members.names().size()) {
                orders.computeIfAbsent(kind, names -> ordersOf(members.names()));
            }
            for (Json value : members.values()) {
                collect(value, orders);
            }
        } else if (json instanceof Json.Elements elements) {
            for (Json value : elements.values()) {
                collect(value, orders);
            }
        }
    }

    private List<List<String>> ordersOf(List<String> names) {
        Set<List<String>> orders = new LinkedHashSet<>(List.of(names));
        documentedOrders.stream()
                .filter(order -> order.size() > 1 && names.containsAll(order))
                .forEach(documented -> {
                    List<String> more = new ArrayList<>(documented);
                    names.stream().filter(name -> !documented.contains(name)).forEach(more::add);
                    orders.add(more);
                });
        orders.add(names.stream().sorted().toList());
        // k2 before k10
        orders.add(names.stream()
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .toList());
        if (names.size() <= MAX_PERMUTED_MEMBERS) {
            permute(new ArrayList<>(names), 0, orders);
        } else if (names.size() <= MAX_MOVED_MEMBERS) {
            moveOne(names, orders);
        }
        return List.copyOf(orders);
    }

    private static void moveOne(List<String> names, Set<List<String>> orders) {
        for (int from = 0; from < names.size(); from++) {
            for (int to = 0; to < names.size(); to++) {
                List<String> moved = new ArrayList<>(names);
                moved.add(to, moved.remove(from));
                orders.add(moved);
            }
        }
    }

    private static void permute(List<String> names, int from, Set<List<String>> orders) {
        if (from == names.size()) {
            orders.add(List.copyOf(names));
        }
        for (int i = from; i < names.size(); i++) {
            Collections.swap(names, from, i);
            permute(names, from + 1, orders);
            Collections.swap(names, from, i);
        }
    }

    private static Json ordered(Json json, Map<Set<String>, List<String>> orders) {
        if (json instanceof Json.Members members) {
            List<String> order = orders.getOrDefault(new LinkedHashSet<>(members.names()), members.names());
            boolean unique = order.size() == members.names().size();
            List<Json> values = new ArrayList<>();
            for (int i = 0; i < members.names().size(); i++) {
                int from = unique ? members.names().indexOf(order.get(i)) : i;
                values.add(ordered(members.values().get(from), orders));
            }
            return new Json.Members(unique ? order : members.names(), values);
        }
        if (json instanceof Json.Elements elements) {
            List<Json> values = new ArrayList<>();
            for (Json value : elements.values()) {
                values.add(ordered(value, orders));
            }
            return new Json.Elements(values);
        }
        return json;
    }

    /** What one writer does differs from another's in several ways at once. */
    private Stream<Variant> combined() {
        Map<Set<String>, List<List<String>>> orders = new LinkedHashMap<>();
        collect(json, orders);
        Map<Set<String>, List<String>> documented = new HashMap<>();
        // the second is the documented one, or the sorted one otherwise
        orders.forEach((kind, list) -> documented.put(kind, list.get(Math.min(1, list.size() - 1))));
        List<Json> ordered = List.of(ordered(json, documented), json);
        return Stream.concat(
                        ordered.stream(),
                        ordered.stream().flatMap(one -> numbersRewritten(one).limit(combinedNumbers)))
                .flatMap(one -> Stream.concat(
                        Stream.of(one), Arrays.stream(Escaping.values()).map(escaping -> escaped(one, escaping))))
                .flatMap(one -> Arrays.stream(Layout.values())
                        .map(style ->
                                variant(Cause.RE_SERIALISED, "signed was " + style.description(), style.write(one))))
                .limit(limit);
    }

    private static Variant variant(Cause cause, String detail, String text) {
        return new Variant(cause, detail, text.getBytes(StandardCharsets.UTF_8));
    }
}
