package io.vireo.dataplane.path;

import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Mempool;

/**
 * Frames to send, without gaps: rewritten, as they go out. Filled by modify, and by
 * arrive with what others had ready; taken by schedule. Single owner: the burst's worker.
 */
public final class TxFrames {
    /** Differs from a target's sign in what the router itself sends as network control: see {@link #ownControl}. */
    private static final int OWN_CONTROL = 1 << 30;

    /** Packets listed. */
    public int count;

    /** Address of the mbuf. */
    public final long[] mbuf;

    /** Virtual router it leaves. */
    public final int[] router;

    /** Interface it leaves by. */
    public final int[] egress;

    /** Port it leaves by, or the complement of the link interface at the far end; see {@link #ownControl}. */
    public final int[] target;

    /** Bytes of the frame, without FCS. */
    public final int[] bytes;

    public TxFrames(int capacity) {
        mbuf = new long[capacity];
        router = new int[capacity];
        egress = new int[capacity];
        target = new int[capacity];
        bytes = new int[capacity];
    }

    /** Lists one more frame; there is room for a whole burst and for what other threads handed over. */
    public void add(long packet, int fromRouter, int interfaceId, int portOrFarEnd, int frameBytes) {
        int k = count++;
        mbuf[k] = packet;
        router[k] = fromRouter;
        egress[k] = interfaceId;
        target[k] = portOrFarEnd;
        bytes[k] = frameBytes;
    }

    /**
     * The target of a frame that is the router's own network control (ARP, neighbour discovery, hellos, whoever of control and
     * data plane made it): the same place, and past the queues of bulk. It costs plain packets nothing, because frames are
     * placed in runs of equal targets.
     */
    public static int ownControl(int target) {
        return isOwnControl(target) ? target : target ^ OWN_CONTROL;
    }

    /** Whether a target is one of {@link #ownControl}. */
    public static boolean isOwnControl(int target) {
        return ((target ^ (target >> (Integer.SIZE - 1))) & OWN_CONTROL) != 0;
    }

    /** The port, or the complement of the far end, that a target names, of own control or not. */
    public static int place(int target) {
        return isOwnControl(target) ? target ^ OWN_CONTROL : target;
    }

    /** Makes the frame listed last one of own control. */
    public void markOwnControl() {
        target[count - 1] = ownControl(target[count - 1]);
    }

    /** Frees all frames: they will not be sent after all. */
    public void freeAll() {
        MbufArray one = MbufArray.allocate(1);
        for (int k = 0; k < count; k++) {
            one.set(0, mbuf[k]);
            Mempool.free(one, 0, 1);
        }
        count = 0;
    }
}
