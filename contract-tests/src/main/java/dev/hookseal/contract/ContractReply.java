package dev.hookseal.contract;

/**
 * What a handler of a {@link ContractApplication} answers; the server writes it as it is.
 *
 * @param status the HTTP status
 * @param text the body, ASCII; the content's type is {@code text/plain}
 */
public record ContractReply(int status, String text) {}
