package io.vireo.dataplane.wire.frame;

import io.vireo.dpdk.Memory;
import java.lang.foreign.Arena;

/** A frame of a writer whose every word is the number of the message, so that half of one shows. Single user: its thread. */
final class StressFrame {
    /** The shortest that may be injected. */
    static final int BYTES = 64;

    /** So many more than a writer puts in its turn that a ring never fills for long. */
    static final int POLL_LIMIT = 4;

    private final long address = Arena.global().allocate(BYTES, Long.BYTES).address();
    private int number;

    long address() {
        return address;
    }

    /** Fills the frame for the next message; returns its number. */
    int begin() {
        for (int offset = 0; offset < BYTES; offset += Long.BYTES) {
            Memory.putLong(address + offset, number);
        }
        return number;
    }

    /** The message is in the ring. */
    void end() {
        number++;
    }

    /** What the reader expects next. Single user: its thread. */
    static final class Sequence {
        private int next;
        private boolean isBroken;

        int next() {
            return next++;
        }

        void check(boolean isRight) {
            isBroken |= !isRight;
        }

        boolean isFrame(long frame, int number) {
            boolean isWhole = true;
            for (int offset = 0; offset < BYTES; offset += Long.BYTES) {
                isWhole &= Memory.getLong(frame + offset) == number;
            }
            return isWhole;
        }

        /** 0 = nothing came, 1 = all that came was right, -1 = something was not. */
        int verdict(int messages) {
            if (isBroken) {
                return -1;
            }
            return messages == 0 ? 0 : 1;
        }
    }
}
