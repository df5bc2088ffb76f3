/** What docs/events.md shows: handlers of a small application, and a test that sends it deliveries over HTTP. */
@NullMarked
package dev.hookseal.examples.guide;

import org.jspecify.annotations.NullMarked;
