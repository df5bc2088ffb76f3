/** Slack: {@link dev.hookseal.slack.SlackProvider} says how it signs. */
@NullMarked
package dev.hookseal.slack;

import org.jspecify.annotations.NullMarked;
