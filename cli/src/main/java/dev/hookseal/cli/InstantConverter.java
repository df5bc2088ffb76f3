package dev.hookseal.cli;

import java.time.DateTimeException;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times in ISO 8601, such as {@code 2023-10-28T12:00:00Z}. */
final class InstantConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + value + "' is not a time such as 2023-10-28T12:00:00Z");
        }
    }
}
