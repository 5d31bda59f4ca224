package io.vireo.dataplane.encapsulation.esp;

import io.vireo.dpdk.Memory;
import org.agrona.UnsafeApi;

/**
 * Which sequence numbers have been received (RFC 4303 §3.4.3, appendix A2). All workers share it, without a lock.
 *
 * <p>A slot of eight bytes for each number of the window holds the last number that was accepted there. A number is accepted by
 * exchanging a smaller one for it, so of two workers with the same packet one fails; a bitmap that slides would need both to agree
 * on where it stands. The highest number is a word beside it, which only grows. The slots take 64 times a bitmap's memory: 8 to
 * 512 cache lines.
 *
 * <p>Numbers have 64 bits, of which the packet carries the lower half; without ESN the upper half is 0.
 */
final class ReplayWindow {
    /** The widest window. */
    static final int MAX_NUMBERS = 4096;

    private static final long LOW_32 = 0xffff_ffffL;
    private static final long ONE_HIGH = 1L << Integer.SIZE;

    private ReplayWindow() {}

    /**
     * The whole number of a packet (RFC 4303 §A2.2): the one near the window.
     *
     * @param highest accepted so far.
     * @param low what the packet says.
     * @return negative: before the first number.
     */
    static long infer(long highest, int low, int window, boolean isExtended) {
        long number = low & LOW_32;
        if (!isExtended) {
            return number;
        }
        long bottom = highest - window + 1;
        // The one number with these low bits in the 2^32 that begin with the window's bottom.
        long inferred = (bottom & -ONE_HIGH) | number;
        return inferred < bottom ? inferred + ONE_HIGH : inferred;
    }

    /** Whether a number would be accepted now: asked before the packet is decrypted. */
    static boolean mayAccept(long highestAt, long slots, int window, long number) {
        return number > 0
                && number + window > UnsafeApi.getLongVolatile(null, highestAt)
                && UnsafeApi.getLongVolatile(null, slot(slots, window, number)) < number;
    }

    /** Accepts a number of a packet that is authentic, once: false means that another worker has, or that it is too old by now. */
    static boolean accept(long highestAt, long slots, int window, long number) {
        long slot = slot(slots, window, number);
        while (true) {
            long before = UnsafeApi.getLongVolatile(null, slot);
            if (before >= number) {
                return false;
            }
            // Lock-free: a failure means that another worker's packet was accepted.
            if (UnsafeApi.compareAndSetLong(null, slot, before, number)) {
                raise(highestAt, number);
                return true;
            }
        }
    }

    private static void raise(long highestAt, long number) {
        long highest = UnsafeApi.getLongVolatile(null, highestAt);
        while (highest < number && !UnsafeApi.compareAndSetLong(null, highestAt, highest, number)) {
            highest = UnsafeApi.getLongVolatile(null, highestAt);
        }
    }

    private static long slot(long slots, int window, long number) {
        return slots + (number & (window - 1)) * Long.BYTES;
    }

    /** Forgets all numbers. No worker reaches the window. */
    static void clear(long slots, int window) {
        Memory.fill(slots, (long) window * Long.BYTES, (byte) 0);
    }
}
