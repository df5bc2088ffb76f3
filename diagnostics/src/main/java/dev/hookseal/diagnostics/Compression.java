package dev.hookseal.diagnostics;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** A body before it was compressed, or before it was decompressed. */
final class Compression {
    private static final int MAX_DECOMPRESSED_BYTES = 64 * 1024 * 1024;
    private static final int MAX_COMPRESSIBLE_BYTES = 4 * 1024 * 1024;

    // what is in a gzip header for the system (RFC 1952): unknown as old Java writes it, Unix, macOS (Node), new
    // Java and Go
    private static final int[] SYSTEMS = {0, 3, 19, 255};

    private Compression() {}

    /** What the body decompresses to, if it is compressed in a way that this platform knows. */
    static Stream<Variant> undone(byte[] body) {
        return Stream.of(Format.values())
                .filter(format -> format.mayBe(body))
                .flatMap(format -> format.decompress(body));
    }

    private enum Format {
        GZIP {
            @Override
            boolean mayBe(byte[] body) {
                return body.length > 2 && body[0] == 0x1F && body[1] == (byte) 0x8B;
            }

            @Override
            InputStream open(InputStream in) throws IOException {
                return new GZIPInputStream(in);
            }
        },
        ZLIB {
            @Override
            boolean mayBe(byte[] body) {
                return body.length > 2
                        && (body[0] & 0xF) == Deflater.DEFLATED
                        && (((body[0] & 0xFF) << 8) | (body[1] & 0xFF)) % 31 == 0;
            }

            @Override
            InputStream open(InputStream in) {
                return new InflaterInputStream(in);
            }
        },
        DEFLATE {
            @Override
            boolean mayBe(byte[] body) {
                return body.length > 2 && !Body.isJson(body) && !Body.breaksOff(body);
            }

            @Override
            InputStream open(InputStream in) {
                return new InflaterInputStream(in, new Inflater(true));
            }
        };

        abstract boolean mayBe(byte[] body);

        abstract InputStream open(InputStream in) throws IOException;

        Stream<Variant> decompress(byte[] body) {
            try (InputStream in = open(new ByteArrayInputStream(body))) {
                byte[] bytes = in.readNBytes(MAX_DECOMPRESSED_BYTES);
                return Stream.of(new Variant(Cause.STILL_COMPRESSED, "as " + name().toLowerCase(Locale.ROOT), bytes));
            } catch (IOException e) {
                // not compressed in this way after all
                return Stream.empty();
            }
        }
    }

    /**
     * The body compressed by zlib's algorithm, at each level and with each header that is common. What another
     * algorithm wrote cannot be found again.
     */
    static Stream<Variant> redone(byte[] body) {
        if (body.length > MAX_COMPRESSIBLE_BYTES) {
            return Stream.empty();
        }
        return IntStream.rangeClosed(1, 9).boxed().flatMap(level -> redone(body, level).stream());
    }

    private static List<Variant> redone(byte[] body, int level) {
        List<Variant> variants = new ArrayList<>();
        byte[] raw = deflate(body, level, true);
        for (int system : SYSTEMS) {
            variants.add(new Variant(Cause.DECOMPRESSED, "it was gzip", gzip(raw, body, 0, system)));
        }
        // the algorithm's own note of its level, which some writers leave out
        int note = level == 9 ? 2 : level == 1 ? 4 : 0;
        if (note != 0) {
            for (int system : SYSTEMS) {
                variants.add(new Variant(Cause.DECOMPRESSED, "it was gzip", gzip(raw, body, note, system)));
            }
        }
        variants.add(new Variant(Cause.DECOMPRESSED, "it was zlib", deflate(body, level, false)));
        variants.add(new Variant(Cause.DECOMPRESSED, "it was deflate", raw));
        return variants;
    }

    private static byte[] deflate(byte[] body, int level, boolean bare) {
        Deflater deflater = new Deflater(level, bare);
        try {
            deflater.setInput(body);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] gzip(byte[] raw, byte[] body, int note, int system) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x1F, (byte) 0x8B, Deflater.DEFLATED, 0, 0, 0, 0, 0, (byte) note, (byte) system});
        out.writeBytes(raw);
        CRC32 crc = new CRC32();
        crc.update(body);
        writeLittleEndian((int) crc.getValue(), out);
        writeLittleEndian(body.length, out);
        return out.toByteArray();
    }

    private static void writeLittleEndian(int value, ByteArrayOutputStream out) {
        for (int shift = 0; shift < Integer.SIZE; shift += 8) {
            out.write(value >> shift);
        }
    }
}
