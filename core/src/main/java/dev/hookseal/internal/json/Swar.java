package dev.hookseal.internal.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes of a JSON string at a time ("SIMD within a register"). */
final class Swar {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    // 2^64 divided by the golden ratio, odd: spreads what differs over the upper bits
    private static final long MIXER = 0x9E3779B97F4A7C15L;

    private Swar() {}

    /**
     * Where plain text of a string ends: the first byte from a position on that is a quote, a backslash, a control
     * character or not ASCII; or the last position before which there is none, less than eight bytes from the end.
     */
    static int skipPlainAscii(byte[] bytes, int position, int end) {
        int at = position;
        while (at + Long.BYTES <= end) {
            long word = (long) LONGS.get(bytes, at);
            // One comparison finds quotes and controls: with bit 1 turned over, a quote is 0x20, a control is still
            // less, and all else is more. A byte that is not ASCII may be marked or not here; it marks itself.
            long quoteOrControl = (word ^ (ONES * 0x02)) - ONES * 0x21;
            long backslash = (word ^ (ONES * '\\')) - ONES;
            // A borrow may mark bytes above a marked one by mistake, never below: the lowest mark is right.
            long found = (quoteOrControl | backslash | word) & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
        return at;
    }

    /**
     * Copies text of a string up to its first quote or backslash, or until less than eight bytes are left; tells how
     * many bytes. Up to seven more may be written behind them, where there has to be room.
     */
    static int copyToQuoteOrBackslash(byte[] bytes, int position, int end, byte[] out, int to) {
        int count = 0;
        while (position + count + Long.BYTES <= end) {
            long word = (long) LONGS.get(bytes, position + count);
            LONGS.set(out, to + count, word);
            long quote = (word ^ (ONES * '"')) - ONES;
            long backslash = (word ^ (ONES * '\\')) - ONES;
            // bytes that are not ASCII have their highest bit set from the beginning
            long found = (quote | backslash) & ~word & HIGHS;
            if (found != 0) {
                return count + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            count += Long.BYTES;
        }
        return count;
    }

    /** A hash of a few bytes; names that were chosen to have the same one are no harm, since they only get sorted. */
    static int hash(byte[] bytes, int from, int to) {
        long hash = 0;
        int at = from;
        while (at + Long.BYTES <= to) {
            hash = (hash ^ (long) LONGS.get(bytes, at)) * MIXER;
            at += Long.BYTES;
        }
        return (int) (((hash ^ lastBytes(bytes, at, to)) * MIXER) >>> 32);
    }

    private static long lastBytes(byte[] bytes, int from, int to) {
        if (from + Long.BYTES <= bytes.length) {
            return (long) LONGS.get(bytes, from) & ((1L << ((to - from) << 3)) - 1);
        }
        long word = 0;
        for (int i = to - 1; i >= from; i--) {
            word = (word << Byte.SIZE) | (bytes[i] & 0xFF);
        }
        return word;
    }
}
