package io.vireo.bench.linerate.traffic;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Histograms of times as text, to pass between processes: HdrHistogram's own compressed form, in Base64. */
public final class PackedHistogram {
    /** The longest time that is resolved: 100 s. */
    private static final long HIGHEST_NS = 100_000_000_000L;

    /** Resolution: 1 %. */
    private static final int DIGITS = 2;

    private PackedHistogram() {}

    /** A histogram of a fixed size, so that recording allocates nothing. */
    static Histogram create() {
        return new Histogram(HIGHEST_NS, DIGITS);
    }

    /** Records a time, also one beyond the range. */
    static void record(Histogram histogram, long timeNs) {
        histogram.recordValue(Math.clamp(timeNs, 0L, HIGHEST_NS));
    }

    /** Packs one. */
    static String pack(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    /**
     * Unpacks one.
     *
     * @throws IllegalArgumentException when the text is no histogram
     */
    public static Histogram unpack(String text) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), HIGHEST_NS);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("not a histogram: " + e.getMessage(), e);
        }
    }
}
