package dev.hookseal.cli;

import dev.hookseal.diagnostics.Explanation;
import dev.hookseal.diagnostics.RecognisedProvider;
import dev.hookseal.diagnostics.RecognisedProvider.Fit;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A delivery explained as one of the provider that its headers tell.
 *
 * @param taken the provider
 * @param others those that its headers fit as well
 * @param why why it was this one; empty if the headers decide
 */
record Recognition(RecognisedProvider taken, Explanation explanation, List<RecognisedProvider> others, String why) {

    /** Returns what to say of it. */
    String sentence() {
        String recognised = "Recognised as a delivery of " + taken.name() + " by "
                + (taken.headers().size() == 1 ? "its header " : "its headers ") + String.join(", ", taken.headers())
                + (taken.fit() == Fit.OTHER_HEADERS ? ", though it has no signature." : ".");
        if (others.isEmpty()) {
            return recognised;
        }
        String names = others.stream().map(RecognisedProvider::name).collect(Collectors.joining(", "));
        return recognised + " It also has a signature header of " + names
                + (why.isEmpty() ? ", which could not read it" : "; " + taken.name() + " was taken because " + why)
                + ". To explain it as another provider's, give --provider.";
    }
}
