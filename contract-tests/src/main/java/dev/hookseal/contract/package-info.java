/**
 * The rules for a receiver of webhooks over HTTP, as a suite of JUnit tests:
 * {@link dev.hookseal.contract.WebhookContract} is extended by the test of an adapter, which starts a
 * {@link dev.hookseal.contract.ContractServer} with the routes of the
 * {@link dev.hookseal.contract.ContractApplication}, and states where it deviates on purpose:
 * {@link dev.hookseal.contract.Deviation}. {@link dev.hookseal.contract.ProviderContract} has the rules that hold for each
 * provider, on the same server. {@link dev.hookseal.contract.DeliveryStoreContract} is the suite of delivery
 * stores, and {@link dev.hookseal.contract.SharedDeliveryStoreContract} of those that several nodes share. {@link
 * dev.hookseal.contract.InboxContract} is the suite of inboxes.
 */
@NullMarked
package dev.hookseal.contract;

import org.jspecify.annotations.NullMarked;
