package io.vireo.dataplane.encapsulation.gre;

import org.agrona.UnsafeApi;

/**
 * Which sequence number came out of a tunnel last (RFC 2890 §2.2): older packets are discarded, newer ones taken at once,
 * whatever is missing between. All workers share a tunnel's word.
 *
 * <pre>
 *    0..31  the last number that was taken
 *   32..47  packets discarded in a row since
 *       63  a number has been taken: before that, any is, for the far end may have counted long before this one was there
 * </pre>
 */
public final class ReceivedNumbers {
    /**
     * Packets discarded in a row after which the far end is believed to have begun anew: else a tunnel would be silent for up to
     * 2^31 packets.
     */
    static final int MAX_DISCARDS = 256;

    private static final long KNOWN = Long.MIN_VALUE;
    private static final long LOW_32 = 0xffff_ffffL;
    private static final long ONE_DISCARD = 1L << 32;
    private static final int DISCARDS = 0xffff;

    private ReceivedNumbers() {}

    /**
     * Whether a packet is taken. Any worker.
     *
     * @param at address of the tunnel's word, a multiple of eight; zero stands there at first.
     * @param isLive whether the word moves on: a packet that is only traced leaves it as it is.
     */
    public static boolean accept(long at, int number, boolean isLive) {
        while (true) {
            long before = UnsafeApi.getLongVolatile(null, at);
            boolean isOld = isOld(before, number);
            long after = isOld ? before + ONE_DISCARD : KNOWN | (number & LOW_32);
            // Lock-free: a failure means that another worker's packet was decided.
            if (!isLive || UnsafeApi.compareAndSetLong(null, at, before, after)) {
                return !isOld;
            }
        }
    }

    /** The last number and the 2^31 - 1 before it are old, modulo 2^32. */
    private static boolean isOld(long state, int number) {
        boolean isBehind = state < 0 && (int) state - number >= 0;
        return isBehind && (int) (state >>> Integer.SIZE & DISCARDS) < MAX_DISCARDS;
    }
}
