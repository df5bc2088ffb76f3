package dev.hookseal.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Bodies that nobody signed, made to be slow to reject: each family is one way to make a reader of JSON work. A body is
 * the result of an Extracta delivery, so that all of it has to be written again as JavaScript writes it.
 */
enum HostileBody {
    /** What a benign body looks like, for comparison. */
    TEXTS(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append("\"some text of a document ").append(index).append('"');
        }
    },
    INTEGERS(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append(random.nextInt());
        }
    },
    /** The smallest number of JavaScript. */
    LEAST_NUMBER(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append("5e-324");
        }
    },
    /** Numbers below the range of full precision, of one to five digits. */
    SUBNORMAL_NUMBERS(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append(1 + random.nextInt(random.nextBoolean() ? 999 : 99_999))
                    .append("e-")
                    .append(309 + random.nextInt(16));
        }
    },
    /** Short numbers that are written long. */
    POWERS_OF_TEN(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append("1e").append(random.nextInt(21));
        }
    },
    EXPONENTS(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append(random.nextInt(1000)).append('e').append(random.nextInt(640) - 320);
        }
    },
    DOUBLES(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            double value = Double.longBitsToDouble(random.nextLong());
            out.append(Double.isFinite(value) ? value : 0.1);
        }
    },
    SIXTEEN_DIGITS(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append(1_000_000_000_000_000L + (random.nextLong() >>> 14));
        }
    },
    LONG_NUMBERS(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            // half way between two doubles, up to the last digit
            out.append("9007199254740993.").append("0".repeat(900)).append('1');
        }
    },
    NUMBERS_OF_400_DIGITS(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append("9007199254740993.").append("0".repeat(380)).append('1');
        }
    },
    /** All digits of the middle of two doubles, and one more. The middle has more digits, the smaller it is. */
    LONG_MIDDLES(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            appendAllDigitsAndOne(out, middle(magnitude(random)));
        }
    },
    LONG_SMALL_NUMBERS(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            appendAllDigitsAndOne(out, middle(1e-290 + index % 1000 * Math.ulp(1e-290)));
        }
    },
    LONG_SUBNORMAL_MIDDLES(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            appendAllDigitsAndOne(out, middle(Double.longBitsToDouble(random.nextLong() >>> 12)));
        }
    },
    /** So few digits that they are short, so many that only an exact comparison with the middle decides. */
    MIDDLES(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            appendRounded(out, middle(magnitude(random)), DIGITS_IN_DOUBT);
        }
    },
    /** The same where the powers of ten are largest. */
    SMALL_MIDDLES(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            appendRounded(out, middle(1e-290 + index % 1000 * Math.ulp(1e-290)), DIGITS_IN_DOUBT);
        }
    },
    LARGE_MIDDLES(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            appendRounded(out, middle(1e307 + index % 1000 * Math.ulp(1e307)), DIGITS_IN_DOUBT);
        }
    },
    SUBNORMAL_DOUBLES(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append(Double.longBitsToDouble(random.nextLong() >>> 12));
        }
    },
    /** Subnormal doubles have fewer bits, so that fewer digits are near the middle of two. */
    SUBNORMAL_MIDDLES(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            appendRounded(out, middle(Double.longBitsToDouble(1024 + random.nextInt(1024))), 17);
        }
    },
    NEGATIVE_ZEROS(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append("-0");
        }
    },
    NAMES(true) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append("\"n").append(index).append("\":0");
        }
    },
    ONE_NAME(true) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append("\"a\":0");
        }
    },
    FEW_NAMES(true) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append('"').append((char) ('a' + random.nextInt(26))).append("\":0");
        }
    },
    LONG_NAMES(true) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append('"').append("n".repeat(500)).append(index % 7).append("\":0");
        }
    },
    INDICES(true) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append('"').append(random.nextInt(Integer.MAX_VALUE)).append("\":0");
        }
    },
    INDICES_BACKWARDS(true) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append('"').append(99_999_999 - index).append("\":0");
        }
    },
    OBJECTS_OUT_OF_ORDER(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append("{\"b\":0,\"1\":0}");
        }
    },
    OBJECTS_WITH_DUPLICATES(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append("{\"b\":0,\"b\":0}");
        }
    },
    EMPTY_OBJECTS(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append("{}");
        }
    },
    NESTED_ARRAYS(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append("[".repeat(900)).append("]".repeat(900));
        }
    },
    NESTED_OBJECTS_OUT_OF_ORDER(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append("{\"b\":0,\"1\":".repeat(900)).append('1').append("}".repeat(900));
        }
    },
    ESCAPES(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append("\"\\u00e9\\u0001\\/\\ud83d\\ude00\\ud83d\"");
        }
    },
    WHITE_SPACE(false) {
        @Override
        void element(StringBuilder out, int index, Random random) {
            out.append(" \n\t 1");
        }
    };

    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final int DIGITS_IN_DOUBT = 30;

    private final boolean member;

    HostileBody(boolean member) {
        this.member = member;
    }

    /** Appends one element of an array, or one member of an object. */
    abstract void element(StringBuilder out, int index, Random random);

    private static double magnitude(Random random) {
        double value = Math.abs(Double.longBitsToDouble(random.nextLong()));
        return Double.isFinite(value) ? value : Double.MAX_VALUE;
    }

    private static BigDecimal middle(double lower) {
        return new BigDecimal(lower).add(new BigDecimal(Math.ulp(lower)).multiply(HALF));
    }

    private static void appendAllDigitsAndOne(StringBuilder out, BigDecimal decimal) {
        out.append(decimal.unscaledValue()).append("1e").append(-decimal.scale() - 1);
    }

    private static void appendRounded(StringBuilder out, BigDecimal decimal, int digits) {
        BigDecimal rounded = decimal.round(new MathContext(digits));
        out.append(rounded.unscaledValue()).append('e').append(-rounded.scale());
    }

    /** A body of one family. */
    byte[] ofSize(int bytes) {
        return body(bytes, List.of(this), new Random(1));
    }

    /**
     * A body of up to four families, in one array or in objects of some members each, as the seed has it.
     */
    static byte[] mixed(long seed, int bytes) {
        Random random = new Random(seed);
        HostileBody[] all = values();
        List<HostileBody> families = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            families.add(all[random.nextInt(all.length)]);
        }
        return body(bytes, families, random);
    }

    private static byte[] body(int bytes, List<HostileBody> families, Random random) {
        // one large object for a family of members alone, many of a few members in a mixture
        int membersOfOne = families.size() == 1 ? Integer.MAX_VALUE : 1 + random.nextInt(40);
        StringBuilder out = new StringBuilder(bytes + 4096).append("{\"event\":\"extraction.processed\",\"result\":[");
        int index = 0;
        String separator = "";
        while (out.length() < bytes) {
            HostileBody family = families.get(random.nextInt(families.size()));
            out.append(separator);
            separator = ",";
            if (!family.member) {
                family.element(out, index++, random);
                continue;
            }
            out.append('{');
            for (int i = 0; i < membersOfOne && out.length() < bytes; i++) {
                if (i > 0) {
                    out.append(',');
                }
                family.element(out, index++, random);
            }
            out.append('}');
        }
        return out.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
