/**
 * FormFlow of Insly Nora: {@link dev.hookseal.formflow.FormFlowEvent} is what a handler gets, of a
 * {@link dev.hookseal.formflow.FormFlowEventType}; {@link dev.hookseal.formflow.FormFlowProvider} tells how it is signed.
 * {@link dev.hookseal.formflow.FormFlowSubscriptions} asks the provider's API what is subscribed to, and
 * {@link dev.hookseal.formflow.SubscribedSecrets} takes an endpoint's secrets from there.
 */
@NullMarked
package dev.hookseal.formflow;

import org.jspecify.annotations.NullMarked;
