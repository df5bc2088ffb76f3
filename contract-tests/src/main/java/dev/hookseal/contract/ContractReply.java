package dev.hookseal.contract;

/**
 * The answer of a handler of a {@link ContractApplication}, which the server writes unchanged.
 *
 * @param status the HTTP status
 * @param text the body, ASCII; the content's type is {@code text/plain}
 */
public record ContractReply(int status, String text) {}
