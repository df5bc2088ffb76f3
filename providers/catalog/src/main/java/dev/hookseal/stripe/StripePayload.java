package dev.hookseal.stripe;

import dev.hookseal.JsonData;

record StripePayload(String id, String type, String created, JsonData toJson) implements StripeEvent {}
