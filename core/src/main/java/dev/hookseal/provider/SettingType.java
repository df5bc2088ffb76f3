package dev.hookseal.provider;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kind of value that a {@link Setting} has, and how a configuration writes it. Every framework reads a value in the
 * same way.
 *
 * @param <T> the class of the values
 * @since 0.1.0
 */
public final class SettingType<T extends Comparable<T>> {
    private static final Pattern NUMBER_WITH_UNIT = Pattern.compile("([+-]?\\d{1,18})\\s?([A-Za-z]{0,2})");
    private static final Map<String, ChronoUnit> TIMES = Map.of(
            "ns", ChronoUnit.NANOS,
            "us", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);
    private static final Map<String, Long> SIZES =
            Map.of("", 1L, "b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30, "tb", 1L << 40);

    /** Any text. */
    public static final SettingType<String> TEXT =
            new SettingType<>(String.class, "a text", "set it to a text", text -> text, text -> text);

    /** A text that no message and no log shows. */
    public static final SettingType<String> SECRET =
            new SettingType<>(String.class, "a secret", "set it to the secret", text -> text, text -> "<hidden>");

    /** {@code true} or {@code false}. */
    public static final SettingType<Boolean> TRUE_OR_FALSE = new SettingType<>(
            Boolean.class, "true or false", "set it to true or false", SettingType::trueOrFalse, String::valueOf);

    /** A whole number, such as {@code 1000}. */
    public static final SettingType<Integer> WHOLE_NUMBER = new SettingType<>(
            Integer.class, "a whole number", "set it to a number such as 1000", Integer::valueOf, String::valueOf);

    /** A duration with its unit, such as {@code 30s}, {@code 5m}, {@code 72h} or {@code 7d}; or ISO 8601. */
    public static final SettingType<Duration> DURATION = new SettingType<>(
            Duration.class,
            "a duration",
            "set it to a number with a unit, such as 30s, 5m, 72h or 7d",
            SettingType::duration,
            SettingType::shortest);

    /** A number of bytes, such as {@code 512KB} or {@code 1MB}: 1 KB is 1,024 bytes, and no unit means bytes. */
    public static final SettingType<Long> SIZE = new SettingType<>(
            Long.class,
            "a size",
            "set it to a number with a unit, such as 512KB or 1MB",
            SettingType::bytes,
            SettingType::shortest);

    /** An absolute URL of HTTP without query and fragment, such as {@code https://example.com/webhooks}. */
    public static final SettingType<URI> URL = new SettingType<>(
            URI.class,
            "a URL",
            "set it to a URL such as https://example.com/webhooks, without a query",
            SettingType::url,
            String::valueOf);

    private final Class<T> valueClass;
    private final String name;
    private final String fix;
    private final Function<String, T> parser;
    private final Function<T, String> format;
    private final List<String> choices;

    private SettingType(
            Class<T> valueClass, String name, String fix, Function<String, T> parser, Function<T, String> format) {
        this(valueClass, name, fix, parser, format, List.of());
    }

    private SettingType(
            Class<T> valueClass,
            String name,
            String fix,
            Function<String, T> parser,
            Function<T, String> format,
            List<String> choices) {
        this.valueClass = valueClass;
        this.name = name;
        this.fix = fix;
        this.parser = parser;
        this.format = format;
        this.choices = choices;
    }

    /**
     * Returns the type of a setting that has one of a few values. A configuration writes them in lower case with hyphens:
     * {@code iso-8601} for {@code ISO_8601}.
     *
     * @param values an enum, in the order in which messages list its constants
     */
    public static <E extends Enum<E>> SettingType<E> oneOf(Class<E> values) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E value : values.getEnumConstants()) {
            byName.put(written(value), value);
        }
        List<String> names = List.copyOf(byName.keySet());
        return new SettingType<>(
                values,
                "one of " + String.join(", ", names),
                "set it to " + String.join(", ", names.subList(0, names.size() - 1)) + " or "
                        + names.get(names.size() - 1),
                text -> {
                    E value = byName.get(text.toLowerCase(Locale.ROOT));
                    if (value == null) {
                        throw new IllegalArgumentException(text);
                    }
                    return value;
                },
                SettingType::written,
                names);
    }

    private static String written(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the values that there are, as a configuration writes them; empty if there are too many to list. */
    public List<String> choices() {
        return choices;
    }

    /** Returns the class of the values. */
    public Class<T> valueClass() {
        return valueClass;
    }

    /** Returns what a value is, for messages: {@code a duration}. */
    public String name() {
        return name;
    }

    /** Returns what to do about a value that is not of this type, for messages. */
    public String fix() {
        return fix;
    }

    /**
     * Reads a value as a configuration writes it.
     *
     * @throws IllegalArgumentException if the text is not of this type
     */
    public T parse(String text) {
        return parser.apply(text);
    }

    /** Returns a value as a configuration writes it; of a {@link #SECRET} only that it is one. */
    public String format(T value) {
        return format.apply(value);
    }

    @Override
    public String toString() {
        return name;
    }

    private static URI url(String text) {
        URI url = URI.create(text.strip());
        boolean isHttp = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        if (!isHttp || url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("not a URL of HTTP without a query");
        }
        return url;
    }

    private static Boolean trueOrFalse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Duration duration(String text) {
        Matcher number = NUMBER_WITH_UNIT.matcher(text);
        ChronoUnit unit = number.matches() ? TIMES.get(number.group(2).toLowerCase(Locale.ROOT)) : null;
        try {
            return unit == null ? Duration.parse(text) : Duration.of(Long.parseLong(number.group(1)), unit);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Long bytes(String text) {
        Matcher number = NUMBER_WITH_UNIT.matcher(text);
        Long unit = number.matches() ? SIZES.get(number.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(text);
        }
        try {
            return Math.multiplyExact(Long.parseLong(number.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    // 72h rather than 3d, since hours are what providers write
    private static String shortest(Duration duration) {
        if (duration.isZero() || duration.toNanosPart() % 1_000_000 != 0) {
            return duration.isZero() ? "0s" : duration.toString();
        }
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        long hours = seconds / 3600;
        return Math.abs(hours) > 100 && hours % 24 == 0 ? hours / 24 + "d" : hours + "h";
    }

    private static String shortest(long bytes) {
        for (String unit : List.of("TB", "GB", "MB", "KB")) {
            long one = SIZES.getOrDefault(unit.toLowerCase(Locale.ROOT), 1L);
            if (bytes != 0 && bytes % one == 0) {
                return bytes / one + unit;
            }
        }
        return bytes + " bytes";
    }
}
