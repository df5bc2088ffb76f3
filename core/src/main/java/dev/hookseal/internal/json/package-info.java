/**
 * JSON on raw bytes: {@link dev.hookseal.internal.json.JsonScanner} checks and walks it without building anything,
 * {@link dev.hookseal.internal.json.EcmaScriptJson} writes it as {@code JSON.stringify} does, with
 * {@link dev.hookseal.internal.json.EcmaScriptNumber}. Not for users.
 */
@NullMarked
package dev.hookseal.internal.json;

import org.jspecify.annotations.NullMarked;
