package dev.hookseal.internal.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes of a JSON string at a time ("SIMD within a register"). */
final class Swar {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private Swar() {}

    /**
     * Where plain text of a string ends: the first byte from a position on that is a quote, a backslash, a control
     * character or not ASCII; or the last position before which there is none, less than eight bytes from the end.
     */
    static int skipPlainAscii(byte[] bytes, int position, int end) {
        int at = position;
        while (at + Long.BYTES <= end) {
            long word = (long) LONGS.get(bytes, at);
            // A borrow may mark bytes above a marked one by mistake, never below: the lowest mark is right.
            long found = (quoteOrBackslash(word) | word | ((word - ONES * 0x20) & ~word)) & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
        return at;
    }

    /** The same, stopping at a quote or a backslash only. */
    static int skipToQuoteOrBackslash(byte[] bytes, int position, int end) {
        int at = position;
        while (at + Long.BYTES <= end) {
            long found = quoteOrBackslash((long) LONGS.get(bytes, at)) & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
        return at;
    }

    private static long quoteOrBackslash(long word) {
        long quote = word ^ (ONES * '"');
        long backslash = word ^ (ONES * '\\');
        return ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash);
    }
}
