package dev.hookseal.cli;

import dev.hookseal.testkit.Bend;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Ways to spoil a delivery, by their labels. */
final class Bends implements ITypeConverter<Bend>, Iterable<String> {
    @Override
    public Bend convert(String value) {
        try {
            return Bend.labelled(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Bend.values()).map(Bend::label).iterator();
    }
}
