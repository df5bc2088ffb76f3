package dev.hookseal.examples.quickstart;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.function.Function;

/**
 * A line of the table.
 *
 * @param what what is sent, in words
 * @param path where it is sent to
 * @param request the request, given the address
 */
record Step(String what, String path, Function<URI, HttpRequest> request, Expected expected) {}
