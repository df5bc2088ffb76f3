/** An inbox for tests: {@link dev.hookseal.testkit.inbox.TestInbox} handles deliveries in the test's thread. */
@NullMarked
package dev.hookseal.testkit.inbox;

import org.jspecify.annotations.NullMarked;
