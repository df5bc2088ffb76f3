/** How much a delivery store costs beside the least that its database has to do. */
@NullMarked
package dev.hookseal.benchmarks.stores;

import org.jspecify.annotations.NullMarked;
