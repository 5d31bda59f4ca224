package io.vireo.bench.forward;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The lengths of a load's frames.
 *
 * @param name for the report
 * @param bytes with FCS, as RFC 2544 counts; the frames cycle through them
 */
public record FrameSizes(String name, List<Integer> bytes) {
    /** Bytes of the frame check sequence, which neither drivers nor captures hold. */
    static final int FCS_BYTES = 4;

    private static final int MIN_BYTES = 64;
    private static final int MAX_BYTES = 1518;
    private static final String MIX = "imix";

    /**
     * What a user calls them: a length, or {@code imix}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static FrameSizes named(String text) {
        if (text.equals(MIX)) {
            return imix();
        }
        if (text.matches("\\d{1,4}")) {
            int bytes = Integer.parseInt(text);
            if (bytes >= MIN_BYTES && bytes <= MAX_BYTES) {
                return of(bytes);
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is neither a length of " + MIN_BYTES + " to " + MAX_BYTES + " bytes nor " + MIX);
    }

    /** Frames of one length, 64..1518. */
    public static FrameSizes of(int bytes) {
        return new FrameSizes(bytes + " B", List.of(bytes));
    }

    /** The simple Internet mix: 7 frames of 64, 4 of 570 and 1 of 1518 bytes (RFC 6985 leaves the choice to the tester). */
    static FrameSizes imix() {
        List<Integer> mix = new ArrayList<>();
        mix.addAll(Collections.nCopies(7, 64));
        mix.addAll(Collections.nCopies(4, 570));
        mix.add(1518);
        return new FrameSizes("IMIX 7:4:1", mix);
    }

    /** Length of the n-th frame without FCS. */
    int withoutFcs(int n) {
        return bytes.get(n % bytes.size()) - FCS_BYTES;
    }

    /** The longest of them. */
    int maxBytes() {
        return bytes.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    /** For a figure: the mean length, rounded. */
    int meanBytes() {
        return (int)
                Math.round(bytes.stream().mapToInt(Integer::intValue).average().orElseThrow());
    }
}
