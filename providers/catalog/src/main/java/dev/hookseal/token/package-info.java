/**
 * Any sender that shows a plain token in a header and signs nothing: {@link dev.hookseal.token.TokenProvider}, and
 * {@link dev.hookseal.token.TokenKit} for tests.
 */
@NullMarked
package dev.hookseal.token;

import org.jspecify.annotations.NullMarked;
