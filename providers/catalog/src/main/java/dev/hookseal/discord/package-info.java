/**
 * Discord: {@link dev.hookseal.discord.DiscordProvider} is its Webhook Events URL, whose handlers get a
 * {@link dev.hookseal.discord.DiscordEvent}; {@link dev.hookseal.discord.DiscordInteractionsProvider} is its Interactions
 * Endpoint URL, whose handlers get a {@link dev.hookseal.discord.DiscordInteraction}.
 */
@NullMarked
package dev.hookseal.discord;

import org.jspecify.annotations.NullMarked;
