/** Stripe: {@link dev.hookseal.stripe.StripeProvider} says how it signs. */
@NullMarked
package dev.hookseal.stripe;

import org.jspecify.annotations.NullMarked;
