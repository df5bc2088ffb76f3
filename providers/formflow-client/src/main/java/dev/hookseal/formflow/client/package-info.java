/**
 * FormFlow's webhook API. {@link dev.hookseal.formflow.client.FormFlowSubscriptions} is a client of it, which lists and
 * changes what is subscribed to. {@link dev.hookseal.formflow.client.SubscribedSecrets} takes an endpoint's secrets from
 * that list.
 */
@NullMarked
package dev.hookseal.formflow.client;

import org.jspecify.annotations.NullMarked;
