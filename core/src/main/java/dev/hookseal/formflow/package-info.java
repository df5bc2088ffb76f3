/**
 * FormFlow of Insly Nora: {@link dev.hookseal.formflow.FormFlowEvent} is what a handler gets, of a
 * {@link dev.hookseal.formflow.FormFlowEventType}; {@link dev.hookseal.formflow.FormFlowProvider} tells how it is signed.
 */
@NullMarked
package dev.hookseal.formflow;

import org.jspecify.annotations.NullMarked;
