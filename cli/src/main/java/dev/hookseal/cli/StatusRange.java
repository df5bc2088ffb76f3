package dev.hookseal.cli;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A status such as {@code 204}, or all that begin with one digit, such as {@code 2xx}. */
record StatusRange(int lowest, int highest) {
    private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d");
    private static final Pattern CLASS = Pattern.compile("[1-5]xx");

    static final StatusRange SUCCESS = new StatusRange(200, 299);
    static final StatusRange CLIENT_ERROR = new StatusRange(400, 499);

    boolean contains(int status) {
        return status >= lowest && status <= highest;
    }

    /** Returns it as the command line has it. */
    @Override
    public String toString() {
        return lowest == highest ? String.valueOf(lowest) : lowest / 100 + "xx";
    }

    /** Reads one from the command line. */
    static final class Converter implements ITypeConverter<StatusRange> {
        @Override
        public StatusRange convert(String value) {
            String text = value.toLowerCase(Locale.ROOT);
            if (STATUS.matcher(text).matches()) {
                int status = Integer.parseInt(text);
                return new StatusRange(status, status);
            }
            if (CLASS.matcher(text).matches()) {
                int lowest = 100 * (text.charAt(0) - '0');
                return new StatusRange(lowest, lowest + 99);
            }
            throw new TypeConversionException("'" + value + "' is not a status such as 204, nor a range such as 2xx");
        }
    }
}
