/**
 * Why a signature does not match: {@link dev.hookseal.diagnostics.SignatureExplainer} is given what arrived and the
 * secrets, tries what goes wrong in practice, and gives an {@link dev.hookseal.diagnostics.Explanation}, which names
 * the one {@link dev.hookseal.diagnostics.Cause} that fits. The command {@code hookseal explain} prints it.
 */
@NullMarked
package dev.hookseal.diagnostics;

import org.jspecify.annotations.NullMarked;
