package dev.hookseal.internal.json;

import java.util.Arrays;

/**
 * In which order ECMAScript enumerates the members of the objects in a JSON text. It is told where each member is while
 * the text is written, and knows at the end of an object whether its members are in order already.
 *
 * <p>The members of all open objects are a stack of records of {@link #RECORD} numbers each.
 */
final class MemberOrder {
    private static final int RECORD = 4;
    private static final int NAME_START = 0;
    private static final int NAME_END = 1;
    private static final int VALUE_END = 2;
    private static final int HASH = 3;

    // an array has no members, and so no base
    private static final int ARRAY = -1;
    private static final int REPEATED = -1;
    // in place of a hash, which is never negative
    private static final int INDEXED = -1;
    // one more than the largest array index, 2^32 - 2
    private static final long NO_INDEX = 0xFFFF_FFFFL;
    private static final int ORDINAL_BITS = 31;
    // up to so many members are compared with one another
    private static final int FEW = 8;
    // from so many on, sorting byte by byte is faster
    private static final int MANY = 1024;

    private int[] members = new int[32 * RECORD];
    private int memberEnd;

    private int[] bases = new int[16];
    private int[] starts = new int[16];
    private int depth;

    // for the members of one object at a time: the last of each name, the order, and what helps to find them
    private int[] last = new int[0];
    private long[] order = new long[0];
    private long[] sorted = new long[0];
    private int[] table = new int[0];

    // objects whose members have to be moved: start, end, first part, end of parts
    private int[] moved = new int[0];
    private int movedEnd;
    // what they are to consist of: start and end of a name, start and end of what follows it
    private int[] parts = new int[0];
    private int partEnd;

    void enterObject(int start) {
        enter(memberEnd, start);
    }

    void enterArray() {
        enter(ARRAY, 0);
    }

    private void enter(int base, int start) {
        if (depth == bases.length) {
            bases = Arrays.copyOf(bases, 2 * depth);
            starts = Arrays.copyOf(starts, 2 * depth);
        }
        bases[depth] = base;
        starts[depth] = start;
        depth++;
    }

    /** A name, quotes included, has been written in the innermost object. */
    void beginMember(int start, int end) {
        if (memberEnd == members.length) {
            members = Arrays.copyOf(members, 2 * members.length);
        }
        members[memberEnd + NAME_START] = start;
        members[memberEnd + NAME_END] = end;
        memberEnd += RECORD;
    }

    /** A value has been written, or nothing at all in an empty object. Tells whether it is a member's. */
    boolean endValue(int end) {
        if (depth == 0 || bases[depth - 1] == ARRAY) {
            return false;
        }
        if (memberEnd > bases[depth - 1]) {
            members[memberEnd - RECORD + VALUE_END] = end;
        }
        return true;
    }

    /** The innermost object or array has been written to its end. */
    void leave(byte[] out, int end) {
        depth--;
        int base = bases[depth];
        if (base == ARRAY) {
            return;
        }
        if (mayBeOutOfOrder(out, base)) {
            noteOrder(out, base, starts[depth], end);
        }
        memberEnd = base;
    }

    // The names are read here and not when they are written: the processor waits where bytes are read together that
    // were just written one by one.
    private boolean mayBeOutOfOrder(byte[] out, int base) {
        boolean indexed = false;
        boolean collided = false;
        // a Bloom filter of one hash: where it sees no two alike there are none
        long seen = 0;
        for (int member = base; member < memberEnd; member += RECORD) {
            int start = members[member + NAME_START] + 1;
            int hash = ByteScan.hash(out, start, members[member + NAME_END] - 1);
            members[member + HASH] = hash;
            long bit = 1L << hash;
            collided |= (seen & bit) != 0;
            seen |= bit;
            indexed |= out[start] >= '0' && out[start] <= '9';
        }
        return indexed || collided;
    }

    private void noteOrder(byte[] out, int base, int start, int end) {
        int count = (memberEnd - base) / RECORD;
        if (last.length < count) {
            last = new int[Math.max(count, 2 * last.length)];
            order = new long[last.length];
        }
        findLastOfEachName(out, base, count);
        int size = arrangeInEcmaScriptOrder(out, base, count);
        if (size == count && isInPlace(size)) {
            return;
        }
        if (moved.length - movedEnd < 4) {
            moved = Arrays.copyOf(moved, 2 * moved.length + 4);
        }
        if (parts.length - partEnd < 4 * size) {
            parts = Arrays.copyOf(parts, Math.max(2 * parts.length, partEnd + 4 * size));
        }
        moved[movedEnd++] = start;
        moved[movedEnd++] = end;
        moved[movedEnd++] = partEnd;
        for (int i = 0; i < size; i++) {
            int first = base + ordinal(order[i]) * RECORD;
            int lastOfName = base + last[ordinal(order[i])] * RECORD;
            parts[partEnd++] = members[first + NAME_START];
            parts[partEnd++] = members[first + NAME_END];
            parts[partEnd++] = members[lastOfName + NAME_END];
            parts[partEnd++] = members[lastOfName + VALUE_END];
        }
        moved[movedEnd++] = partEnd;
    }

    /**
     * Finds for the first member of each name which one is the last of that name; any other member is
     * {@link #REPEATED}. The hashes have a seed, so that a sender cannot choose names that have the same one.
     */
    private void findLastOfEachName(byte[] out, int base, int count) {
        if (count <= FEW) {
            for (int i = 0; i < count; i++) {
                int first = 0;
                while (first < i && (last[first] == REPEATED || !isSameName(out, base, first, i))) {
                    first++;
                }
                markLast(first, i);
            }
            return;
        }
        int mask = Integer.highestOneBit(count) * 4 - 1;
        if (table.length <= mask) {
            table = new int[mask + 1];
        } else {
            Arrays.fill(table, 0, mask + 1, 0);
        }
        for (int i = 0; i < count; i++) {
            int slot = members[base + i * RECORD + HASH] & mask;
            while (table[slot] != 0 && !isSameName(out, base, table[slot] - 1, i)) {
                slot = (slot + 1) & mask;
            }
            if (table[slot] == 0) {
                table[slot] = i + 1;
            }
            markLast(table[slot] - 1, i);
        }
    }

    private void markLast(int first, int ordinal) {
        last[ordinal] = first == ordinal ? ordinal : REPEATED;
        last[first] = ordinal;
    }

    /**
     * Arranges the first members of all names, each as a number that sorts by array index: those with an index come
     * first, and the others stay as they appear. Tells how many there are.
     */
    private int arrangeInEcmaScriptOrder(byte[] out, int base, int count) {
        int indices = 0;
        for (int i = 0; i < count; i++) {
            if (last[i] != REPEATED) {
                long index = arrayIndex(out, base + i * RECORD);
                if (index != NO_INDEX) {
                    order[indices++] = (index << ORDINAL_BITS) | i;
                    members[base + i * RECORD + HASH] = INDEXED;
                }
            }
        }
        sortByIndex(indices);
        int size = indices;
        for (int i = 0; i < count; i++) {
            if (last[i] != REPEATED && members[base + i * RECORD + HASH] != INDEXED) {
                order[size++] = i;
            }
        }
        return size;
    }

    // In linear time, where a sort by comparison would take longer the more there are: 32 bits in four rounds.
    private void sortByIndex(int size) {
        if (size < MANY) {
            Arrays.sort(order, 0, size);
            return;
        }
        if (sorted.length < size) {
            sorted = new long[order.length];
        }
        for (int shift = ORDINAL_BITS; shift < ORDINAL_BITS + 32; shift += 8) {
            int[] ends = new int[257];
            for (int i = 0; i < size; i++) {
                ends[1 + (int) (order[i] >>> shift & 0xFF)]++;
            }
            for (int i = 1; i < ends.length; i++) {
                ends[i] += ends[i - 1];
            }
            for (int i = 0; i < size; i++) {
                sorted[ends[(int) (order[i] >>> shift & 0xFF)]++] = order[i];
            }
            long[] swapped = order;
            order = sorted;
            sorted = swapped;
        }
    }

    private static int ordinal(long key) {
        return (int) (key & ((1L << ORDINAL_BITS) - 1));
    }

    private boolean isInPlace(int size) {
        for (int i = 1; i < size; i++) {
            if (ordinal(order[i]) < ordinal(order[i - 1])) {
                return false;
            }
        }
        return true;
    }

    private boolean isSameName(byte[] out, int base, int ordinal, int other) {
        return ordinal == other
                || (members[base + ordinal * RECORD + HASH] == members[base + other * RECORD + HASH]
                        && compareNames(out, base, ordinal, other) == 0);
    }

    private int compareNames(byte[] out, int base, int ordinalA, int ordinalB) {
        int a = base + ordinalA * RECORD;
        int b = base + ordinalB * RECORD;
        return Arrays.compare(
                out,
                members[a + NAME_START],
                members[a + NAME_END],
                out,
                members[b + NAME_START],
                members[b + NAME_END]);
    }

    /** The array index (ECMA-262, section 6.1.7) that a name is the canonical spelling of; if none, {@link #NO_INDEX}. */
    private long arrayIndex(byte[] out, int member) {
        int from = members[member + NAME_START] + 1;
        int to = members[member + NAME_END] - 1;
        if (from == to || to - from > 10 || (out[from] == '0' && to - from > 1)) {
            return NO_INDEX;
        }
        long index = 0;
        for (int i = from; i < to; i++) {
            if (out[i] < '0' || out[i] > '9') {
                return NO_INDEX;
            }
            index = 10 * index + out[i] - '0';
        }
        return Math.min(index, NO_INDEX);
    }

    /** Whether all objects were written in order. */
    boolean isAsWritten() {
        return movedEnd == 0;
    }

    /** The text with all members in order. */
    byte[] arrange(byte[] out, int length) {
        return new Arrangement(out, length).arranged();
    }

    /** Copies a text, going through the members of moved objects in their own order. */
    private final class Arrangement {
        private final byte[] source;
        private final byte[] target;
        private int size;
        // the moved objects by where they start
        private final long[] byStart;

        Arrangement(byte[] source, int length) {
            this.source = source;
            this.target = new byte[length];
            this.byStart = new long[movedEnd / 4];
            for (int i = 0; i < byStart.length; i++) {
                byStart[i] = ((long) moved[4 * i] << 32) | (4L * i);
            }
            Arrays.sort(byStart);
            copy(0, length, 0, byStart.length);
        }

        byte[] arranged() {
            return Arrays.copyOf(target, size);
        }

        // Recurses once for each level of moved objects, of which JsonScanner.MAX_DEPTH is the most.
        private void copy(int from, int to, int first, int end) {
            int at = from;
            int next = first;
            while (next < end && byStart[next] >> 32 < to) {
                int object = (int) byStart[next];
                int after = firstFrom(moved[object + 1], next + 1, end);
                copyPlain(at, moved[object]);
                copyMembers(moved[object + 2], moved[object + 3], next + 1, after);
                at = moved[object + 1];
                next = after;
            }
            copyPlain(at, to);
        }

        /** The first moved object that begins at a position or behind it, sought near the first of a range. */
        private int firstFrom(int start, int first, int end) {
            long key = (long) start << 32;
            int low = first;
            int step = 1;
            while (low < end && byStart[low] < key) {
                low += step;
                step *= 2;
            }
            int found = Arrays.binarySearch(byStart, Math.max(first, low - step / 2), Math.min(low, end), key);
            return found < 0 ? -found - 1 : found;
        }

        private void copyMembers(int from, int to, int first, int end) {
            target[size++] = '{';
            for (int part = from; part < to; part += 4) {
                if (part > from) {
                    target[size++] = ',';
                }
                copyPlain(parts[part], parts[part + 1]);
                if (first < end) {
                    copy(parts[part + 2], parts[part + 3], firstFrom(parts[part + 2], first, end), end);
                } else {
                    copyPlain(parts[part + 2], parts[part + 3]);
                }
            }
            target[size++] = '}';
        }

        private void copyPlain(int from, int to) {
            System.arraycopy(source, from, target, size, to - from);
            size += to - from;
        }
    }
}
