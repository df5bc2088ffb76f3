/** Discord: {@link dev.hookseal.discord.DiscordEventsProvider} and {@link dev.hookseal.discord.DiscordInteractionsProvider}. */
@NullMarked
package dev.hookseal.discord;

import org.jspecify.annotations.NullMarked;
