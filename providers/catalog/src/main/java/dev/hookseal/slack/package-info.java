/**
 * Slack: {@link dev.hookseal.slack.SlackEvent} is what a handler gets; {@link dev.hookseal.slack.SlackProvider} says how it is
 * signed.
 */
@NullMarked
package dev.hookseal.slack;

import org.jspecify.annotations.NullMarked;
