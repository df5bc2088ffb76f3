package dev.hookseal.cli;

import dev.hookseal.testkit.Forgery;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the label of a forgery. */
final class ForgeryConverter implements ITypeConverter<Forgery>, Iterable<String> {
    @Override
    public Forgery convert(String value) {
        try {
            return Forgery.labelled(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Forgery.values()).map(Forgery::label).iterator();
    }
}
