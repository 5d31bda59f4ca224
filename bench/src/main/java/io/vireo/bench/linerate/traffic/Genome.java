package io.vireo.bench.linerate.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * The order of frame sizes in a stream: RFC 6985, IMIX genome. One letter is one frame; the word is repeated for ever.
 *
 * @param name in reports: a size, or the genome as it was written
 * @param frameBytes the sizes in their order, with FCS
 */
public record Genome(String name, List<Integer> frameBytes) {
    /** Sizes of the letters a…g: RFC 6985 §4; h…j are jumbo frames, which this harness has none of. */
    private static final int[] STANDARD_BYTES = {64, 128, 256, 512, 1024, 1280, 1518};

    /** The letter B, which is ours to define, is a frame of 570 bytes: that and 7:4:1 is what everybody calls IMIX. */
    private static final int CUSTOM_B_BYTES = 570;

    /** Seven small, four middle, one large, well mixed. */
    private static final String SIMPLE_IMIX = "aBaaBaaBaaBg";

    private static final int SMALLEST_BYTES = BenchFrame.MIN_BYTES + BenchFrame.FCS_BYTES;
    private static final int LARGEST_BYTES = BenchFrame.MAX_BYTES + BenchFrame.FCS_BYTES;

    /** Refuses sizes that no frame can have. */
    public Genome {
        frameBytes = List.copyOf(frameBytes);
        if (frameBytes.isEmpty()) {
            throw new IllegalArgumentException("size: none in '" + name + "'");
        }
        for (int bytes : frameBytes) {
            if (bytes < SMALLEST_BYTES || bytes > LARGEST_BYTES) {
                throw new IllegalArgumentException(
                        "size: " + bytes + " in '" + name + "' is not in " + SMALLEST_BYTES + ".." + LARGEST_BYTES);
            }
        }
    }

    /**
     * Reads one.
     *
     * @param text a size in bytes with FCS, {@code imix}, or a genome: letters a…g of RFC 6985, and B for 570 bytes
     * @throws IllegalArgumentException when it is none of these
     */
    public static Genome of(String text) {
        if (text.equalsIgnoreCase("imix")) {
            return new Genome("imix", letters(SIMPLE_IMIX));
        }
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9') && text.length() <= 5) {
            return new Genome(text, List.of(Integer.parseInt(text)));
        }
        return new Genome(text, letters(text));
    }

    /** Mean size with FCS, bytes. */
    public double meanFrameBytes() {
        return frameBytes.stream().mapToInt(Integer::intValue).average().orElseThrow();
    }

    /** The size when there is but one; 0 of a mixture. */
    public int singleFrameBytes() {
        return frameBytes.stream().distinct().count() == 1 ? frameBytes.getFirst() : 0;
    }

    private static List<Integer> letters(String word) {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < word.length(); i++) {
            char letter = word.charAt(i);
            if (letter == 'B') {
                sizes.add(CUSTOM_B_BYTES);
            } else if (letter >= 'a' && letter < 'a' + STANDARD_BYTES.length) {
                sizes.add(STANDARD_BYTES[letter - 'a']);
            } else {
                throw new IllegalArgumentException(
                        "size: '" + word + "' is neither bytes, nor imix, nor letters a to g and B (RFC 6985)");
            }
        }
        return sizes;
    }
}
