package dev.hookseal.stripe;

import dev.hookseal.KitRules;
import dev.hookseal.testkit.Forgery;
import java.util.Set;

class StripeKitTest extends KitRules {
    StripeKitTest() {
        super(new StripeKit(), Set.of(Forgery.STALE, Forgery.FROM_THE_FUTURE));
    }
}
