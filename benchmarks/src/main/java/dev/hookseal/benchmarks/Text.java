package dev.hookseal.benchmarks;

import java.util.Random;

/** Text made of plain words, the same in every run. */
final class Text {
    private static final String[] WORDS = {
        "the",
        "policy",
        "of",
        "insured",
        "vehicle",
        "broker",
        "sent",
        "a",
        "claim",
        "for",
        "damage",
        "in",
        "and",
        "premium",
        "was",
        "confirmed",
        "after",
        "review",
        "on",
        "document",
        "with",
        "attachment",
        "by",
        "email",
        "is",
        "missing",
        "signature",
        "page",
        "total",
        "amount",
        "due",
        "please",
        "check",
        "before",
        "export"
    };
    private static final int WORDS_IN_SENTENCE = 14;
    private static final int SENTENCES_IN_PARAGRAPH = 5;

    private final Random random;

    Text(Random random) {
        this.random = random;
    }

    /** As it stands in a JSON string: paragraphs, whose ends and quotations are escaped. Exactly so many bytes. */
    String ofLength(int length) {
        StringBuilder text = new StringBuilder(length + 16);
        for (int word = 1; text.length() < length; word++) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
            if (word % (WORDS_IN_SENTENCE * SENTENCES_IN_PARAGRAPH) == 0) {
                text.append(".\\n\\n");
            } else if (word % WORDS_IN_SENTENCE == 0) {
                text.append(random.nextInt(4) == 0 ? ", \\\"as agreed\\\". " : ". ");
            } else {
                text.append(' ');
            }
        }
        // an escape that is cut in two would be wrong
        text.setLength(length);
        for (int last = length - 1; last >= 0 && last > length - 3; last--) {
            if (text.charAt(last) == '\\') {
                text.setCharAt(last, '.');
            }
        }
        return text.toString();
    }
}
