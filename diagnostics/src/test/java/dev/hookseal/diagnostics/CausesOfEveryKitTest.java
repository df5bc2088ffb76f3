package dev.hookseal.diagnostics;

import dev.hookseal.fixture.provider.CustomKits;
import dev.hookseal.formflow.FormFlowKit;
import dev.hookseal.provider.ProviderKit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/** The causes with the built-in providers, and with those that together sign in every way that the SPI has. */
@Tag("full")
@Tag("one-jdk")
class CausesOfEveryKitTest extends CausesOfEveryKit {
    @Override
    protected List<ProviderKit> kits() {
        return Stream.concat(kitsBeside(FormFlowKit.class).stream(), CustomKits.all().stream())
                .toList();
    }
}
