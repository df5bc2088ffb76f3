/**
 * Why a signature does not match: {@link dev.hookseal.testkit.explain.SignatureExplainer} is given what arrived and the
 * secrets, tries what goes wrong in practice, and gives an {@link dev.hookseal.testkit.explain.Explanation}, which names
 * the one {@link dev.hookseal.testkit.explain.Cause} that fits. The command {@code hookseal explain} prints it.
 */
@NullMarked
package dev.hookseal.testkit.explain;

import org.jspecify.annotations.NullMarked;
