package dev.hookseal.diagnostics;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All ways to choose one from each of several lists, those with one choice other than the first before the others. */
final class Choices {
    private Choices() {}

    /** @param sizes of the lists, each at least one */
    static Stream<int[]> of(List<Integer> sizes) {
        return Stream.concat(
                one(sizes), Stream.iterate(new int[sizes.size()], at -> !isEnd(at), at -> next(at, sizes)));
    }

    private static Stream<int[]> one(List<Integer> sizes) {
        return IntStream.range(0, sizes.size())
                .boxed()
                .flatMap(list -> IntStream.range(1, sizes.get(list)).mapToObj(choice -> {
                    int[] at = new int[sizes.size()];
                    at[list] = choice;
                    return at;
                }));
    }

    // The empty array would be the end at once, and has nothing to choose.
    private static boolean isEnd(int[] at) {
        return at.length == 0 || at[0] < 0;
    }

    private static int[] next(int[] at, List<Integer> sizes) {
        int[] next = at.clone();
        for (int list = 0; list < next.length; list++) {
            next[list]++;
            if (next[list] < sizes.get(list)) {
                return next;
            }
            next[list] = 0;
        }
        next[0] = -1;
        return next;
    }
}
