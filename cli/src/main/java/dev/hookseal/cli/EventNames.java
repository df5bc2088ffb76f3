package dev.hookseal.cli;

import java.util.Arrays;
import java.util.Iterator;

/** The ten documented events, for the help and for completion. */
final class EventNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Provider.values())
                .flatMap(provider -> provider.webhooks().eventNames().stream().sorted())
                .iterator();
    }
}
