package dev.hookseal;

import dev.hookseal.diagnostics.CausesOfEveryKit;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.stripe.StripeKit;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** The causes with each provider of the catalog. */
@Tag("full")
@Tag("one-jdk")
class CatalogCausesTest extends CausesOfEveryKit {
    @Override
    protected List<ProviderKit> kits() {
        return kitsBeside(StripeKit.class);
    }
}
