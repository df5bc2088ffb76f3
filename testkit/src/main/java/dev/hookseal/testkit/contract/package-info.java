/**
 * What a receiver of webhooks has to do over HTTP, as a suite of JUnit tests: {@link dev.hookseal.testkit.contract.WebhookContract}
 * is extended by the test of an adapter, which starts a {@link dev.hookseal.testkit.contract.ContractServer} with the routes
 * of the {@link dev.hookseal.testkit.contract.ContractApplication}, and states where it deviates on purpose:
 * {@link dev.hookseal.testkit.contract.Deviation}. It needs junit-jupiter-api, and nothing else does.
 */
@NullMarked
package dev.hookseal.testkit.contract;

import org.jspecify.annotations.NullMarked;
