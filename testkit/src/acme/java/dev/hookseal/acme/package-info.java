/** A provider as anyone can add one, with its kit: what proves that the testkit and the command know none by name. */
@NullMarked
package dev.hookseal.acme;

import org.jspecify.annotations.NullMarked;
