package dev.hookseal.cli;

import dev.hookseal.provider.ProviderKit.SampleEvent;
import java.util.Iterator;

/** The events of which there is a sample, for the help and for completion. */
final class EventNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Kits.all().stream()
                .flatMap(kit -> kit.samples().stream().map(SampleEvent::name).sorted())
                .distinct()
                .iterator();
    }
}
