/**
 * For authors of adapters: {@link dev.hookseal.config.EndpointProperties} holds an endpoint's properties as a framework
 * reads them, {@link dev.hookseal.config.GlobalProperties} the others, {@link dev.hookseal.config.EndpointRegistry} checks
 * them and creates the receivers, and a {@link dev.hookseal.config.EndpointBinding} connects an annotated handler to its
 * endpoint. A module adds keys by {@link dev.hookseal.config.ModuleSettings}, and a store by
 * {@link dev.hookseal.config.OfferedStore}.
 */
@NullMarked
package dev.hookseal.config;

import org.jspecify.annotations.NullMarked;
