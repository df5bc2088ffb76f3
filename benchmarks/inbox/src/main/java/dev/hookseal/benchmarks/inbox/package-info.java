/** How much the inbox costs beside the least that its database has to do. */
@NullMarked
package dev.hookseal.benchmarks.inbox;

import org.jspecify.annotations.NullMarked;
