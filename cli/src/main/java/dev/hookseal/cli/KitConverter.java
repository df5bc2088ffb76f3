package dev.hookseal.cli;

import dev.hookseal.provider.ProviderKit;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the name of a provider, and lists those that there are, for the help and for completion. */
final class KitConverter implements ITypeConverter<ProviderKit>, Iterable<String> {
    @Override
    public ProviderKit convert(String value) {
        return Kits.named(value)
                .orElseThrow(() -> new TypeConversionException("there is no provider '" + value
                        + "' on the class path that has a kit; there are " + String.join(", ", this)));
    }

    @Override
    public Iterator<String> iterator() {
        return Kits.all().stream().map(Kits::nameOf).iterator();
    }
}
