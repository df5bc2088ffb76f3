/**
 * FormFlow, as comfortable to test as its pages allow: {@link dev.hookseal.testkit.formflow.FormFlowEvents} has a ready
 * event of each documented type, each a {@link dev.hookseal.testkit.formflow.FakeFormFlowEvent} to be changed at will, and
 * {@link dev.hookseal.testkit.formflow.FakeFormFlow} delivers them and serves the provider's webhook API. The last one
 * needs wiremock-standalone, and nothing else does.
 */
@NullMarked
package dev.hookseal.testkit.formflow;

import org.jspecify.annotations.NullMarked;
