package dev.hookseal.internal.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/** Looks at eight bytes of a JSON string at a time ("SIMD within a register"). */
final class ByteScan {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long SEED = new SecureRandom().nextLong();
    // odd, so that no bit of a word is lost
    private static final long MULTIPLIER = new SecureRandom().nextLong() | 1;

    private ByteScan() {}

    /**
     * Where plain text of a string ends: the first byte from a position on that is a quote, a backslash, a control
     * character or not ASCII; or, if all are, a position less than eight bytes from the end.
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

    /**
     * Returns a hash of 31 bits. It has a seed of this process, so that no one outside can choose bytes that have the
     * same one.
     */
    static int hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int at = from;
        while (at + Long.BYTES <= to) {
            hash = mixed(hash ^ (long) LONGS.get(bytes, at));
            at += Long.BYTES;
        }
        return (int) (mixed(hash ^ lastBytes(bytes, at, to)) >>> 33);
    }

    // Both halves of a product of 128 bits: each bit of the seeds and of the word reaches each bit of the result.
    private static long mixed(long word) {
        long seeded = word ^ SEED;
        return Math.multiplyHigh(seeded, MULTIPLIER) ^ (seeded * MULTIPLIER);
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
