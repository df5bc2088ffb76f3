package dev.hookseal.internal.json;

import java.util.Arrays;

/**
 * In which order ECMAScript enumerates the members of the objects in a JSON text. It is told where each member stands
 * while the text is written, and knows at the end of an object whether its members are in order already.
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
    // one more than the largest array index, 2^32 - 2
    private static final long NO_INDEX = 0xFFFF_FFFFL;
    private static final int ORDINAL_BITS = 31;

    private int[] members = new int[32 * RECORD];
    private int memberEnd;

    private int[] bases = new int[16];
    private int[] starts = new int[16];
    private int depth;

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
            int hash = Swar.hash(out, start, members[member + NAME_END] - 1);
            members[member + HASH] = hash;
            long bit = 1L << hash;
            collided |= (seen & bit) != 0;
            seen |= bit;
            indexed |= out[start] >= '0' && out[start] <= '9';
        }
        return indexed || (collided && mayHaveDuplicates(base));
    }

    private boolean mayHaveDuplicates(int base) {
        int count = (memberEnd - base) / RECORD;
        int[] hashes = new int[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = members[base + i * RECORD + HASH];
        }
        Arrays.sort(hashes);
        for (int i = 1; i < count; i++) {
            if (hashes[i] == hashes[i - 1]) {
                return true;
            }
        }
        return false;
    }

    private void noteOrder(byte[] out, int base, int start, int end) {
        int count = (memberEnd - base) / RECORD;
        int[] lastOfName = lastOfEachName(out, base, count);
        long[] sorted = inEcmaScriptOrder(out, base, lastOfName);
        if (sorted.length == count && isInPlace(sorted)) {
            return;
        }
        if (moved.length - movedEnd < 4) {
            moved = Arrays.copyOf(moved, 2 * moved.length + 4);
        }
        if (parts.length - partEnd < 4 * sorted.length) {
            parts = Arrays.copyOf(parts, 2 * parts.length + 4 * sorted.length);
        }
        moved[movedEnd++] = start;
        moved[movedEnd++] = end;
        moved[movedEnd++] = partEnd;
        for (long key : sorted) {
            int first = base + ordinal(key) * RECORD;
            int last = base + lastOfName[ordinal(key)] * RECORD;
            parts[partEnd++] = members[first + NAME_START];
            parts[partEnd++] = members[first + NAME_END];
            parts[partEnd++] = members[last + NAME_END];
            parts[partEnd++] = members[last + VALUE_END];
        }
        moved[movedEnd++] = partEnd;
    }

    /**
     * For the first member of each name, which one is the last of that name; for any other member, {@link #REPEATED}.
     * Sorting finds the same names, since a hash table could be flooded.
     */
    private int[] lastOfEachName(byte[] out, int base, int count) {
        long[] byHash = new long[count];
        for (int i = 0; i < count; i++) {
            byHash[i] = ((long) members[base + i * RECORD + HASH] << 32) | i;
        }
        Arrays.sort(byHash);
        int[] last = new int[count];
        for (int i = 0, next; i < count; i = next) {
            next = i + 1;
            while (next < count && byHash[next] >> 32 == byHash[i] >> 32) {
                next++;
            }
            markRepeated(out, base, ordinalsByName(out, base, byHash, i, next), last);
        }
        return last;
    }

    /** Members whose names have the same hash: by name, and those of one name in order of appearance. */
    private int[] ordinalsByName(byte[] out, int base, long[] byHash, int from, int to) {
        int[] ordinals = new int[to - from];
        boolean same = true;
        for (int i = 0; i < ordinals.length; i++) {
            ordinals[i] = (int) byHash[from + i];
            same &= compareNames(out, base, ordinals[0], ordinals[i]) == 0;
        }
        if (same) {
            return ordinals;
        }
        return Arrays.stream(ordinals)
                .boxed()
                .sorted((a, b) -> compareNames(out, base, a, b))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private void markRepeated(byte[] out, int base, int[] ordinals, int[] last) {
        int first = ordinals[0];
        last[first] = first;
        for (int i = 1; i < ordinals.length; i++) {
            if (compareNames(out, base, first, ordinals[i]) == 0) {
                last[first] = ordinals[i];
                last[ordinals[i]] = REPEATED;
            } else {
                first = ordinals[i];
                last[first] = first;
            }
        }
    }

    /** The first members of all names, each as a number that sorts by array index, and then by appearance. */
    private long[] inEcmaScriptOrder(byte[] out, int base, int[] lastOfName) {
        long[] keys = new long[lastOfName.length];
        int size = 0;
        for (int i = 0; i < lastOfName.length; i++) {
            if (lastOfName[i] != REPEATED) {
                keys[size++] = (arrayIndex(out, base + i * RECORD) << ORDINAL_BITS) | i;
            }
        }
        long[] sorted = Arrays.copyOf(keys, size);
        Arrays.sort(sorted);
        return sorted;
    }

    private static int ordinal(long key) {
        return (int) (key & ((1L << ORDINAL_BITS) - 1));
    }

    private static boolean isInPlace(long[] sorted) {
        for (int i = 1; i < sorted.length; i++) {
            if (ordinal(sorted[i]) < ordinal(sorted[i - 1])) {
                return false;
            }
        }
        return true;
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
            copy(0, length);
        }

        byte[] arranged() {
            return Arrays.copyOf(target, size);
        }

        // Recurses once for each level of moved objects, of which JsonScanner.MAX_DEPTH is the most.
        private void copy(int from, int to) {
            int at = from;
            int next = firstFrom(from);
            while (next < byStart.length && byStart[next] >> 32 < to) {
                int object = (int) byStart[next];
                copyPlain(at, moved[object]);
                copyMembers(moved[object + 2], moved[object + 3]);
                at = moved[object + 1];
                next = firstFrom(at);
            }
            copyPlain(at, to);
        }

        private int firstFrom(int start) {
            int found = Arrays.binarySearch(byStart, (long) start << 32);
            return found < 0 ? -found - 1 : found;
        }

        private void copyMembers(int from, int to) {
            target[size++] = '{';
            for (int part = from; part < to; part += 4) {
                if (part > from) {
                    target[size++] = ',';
                }
                copyPlain(parts[part], parts[part + 1]);
                copy(parts[part + 2], parts[part + 3]);
            }
            target[size++] = '}';
        }

        private void copyPlain(int from, int to) {
            System.arraycopy(source, from, target, size, to - from);
            size += to - from;
        }
    }
}
