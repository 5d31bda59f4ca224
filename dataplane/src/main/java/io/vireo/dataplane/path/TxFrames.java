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

    /** Differs from a target's sign in what leaves by an interface whose wire is emulated: see {@link #emulated}. */
    private static final int EMULATED = 1 << 29;

    /** Differs from a target's sign in what goes by emulated wires of tunnels before that: see {@link #addTunnelWire}. */
    private static final int TUNNEL_WIRES = 1 << 28;

    /** Of a target that is a port: the port; above it, one more than the tunnel of {@link #chargeTo}. */
    private static final int PORT_MASK = 0x7f;

    private static final int TUNNEL_SHIFT = 7;
    private static final int TUNNEL_MASK = (TUNNEL_WIRES >> TUNNEL_SHIFT) - 1;

    /** Stands for no tunnel. */
    public static final int NO_TUNNEL = -1;

    /** Packets listed. */
    public int count;

    /** Fragments listed in this round beyond the first of each packet: of {@link PathLimits#FRAGMENTS_PER_ROUND}. */
    public int fragments;

    /** The time of the round, monotonic nanoseconds; of a traced packet 0. */
    public long nowNs;

    /** Address of the mbuf. */
    public final long[] mbuf;

    /** Virtual router it leaves. */
    public final int[] router;

    /** Interface it leaves by. */
    public final int[] egress;

    /**
     * Port it leaves by, or the complement of the link interface at the far end; see {@link #ownControl}, {@link #emulated}, {@link
     * #chargeTo}.
     */
    public final int[] target;

    /** Bytes of the frame, without FCS. */
    public final int[] bytes;

    private final TunnelWires tunnelWires;

    public TxFrames(int capacity) {
        mbuf = new long[capacity];
        router = new int[capacity];
        egress = new int[capacity];
        target = new int[capacity];
        bytes = new int[capacity];
        tunnelWires = new TunnelWires(capacity);
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
        return (marks(target) & OWN_CONTROL) != 0;
    }

    /**
     * The target of a frame that goes by an emulated wire first: the same place. As with {@link #ownControl}, plain packets pay
     * nothing for it: adjacencies and interfaces carry the mark, and it is asked about once per run of equal targets.
     */
    public static int emulated(int target) {
        return isEmulated(target) ? target : target ^ EMULATED;
    }

    /** Whether a target is one of {@link #emulated}. */
    public static boolean isEmulated(int target) {
        return (marks(target) & EMULATED) != 0;
    }

    /** The target of a frame that has come by its emulated wire, or that has none. */
    public static int unemulated(int target) {
        return target ^ (marks(target) & EMULATED);
    }

    /** The port, or the complement of the far end, that a target names, whatever its marks. */
    public static int place(int target) {
        int place = target ^ (marks(target) & (OWN_CONTROL | EMULATED | TUNNEL_WIRES));
        return place < 0 ? place : place & PORT_MASK;
    }

    /**
     * Has the frame listed last go by the emulated wire of a tunnel before it goes on: behind those of tunnels that were said before,
     * and before that of the interface that it leaves by.
     *
     * @param tunnel interface of a tunnel.
     */
    public void addTunnelWire(int tunnel) {
        int last = count - 1;
        if (goesByTunnelWires(target[last])) {
            tunnelWires.add(last, tunnel);
        } else {
            tunnelWires.begin(last, tunnel);
            target[last] ^= TUNNEL_WIRES;
        }
    }

    /** Has the frame listed last, whose target says that it does, go by the same wires of tunnels as another does. */
    public void copyTunnelWires(TunnelWires from, int other) {
        tunnelWires.copy(count - 1, from, other);
    }

    /** The wires of tunnels by which frames go whose target is marked. */
    public TunnelWires tunnelWires() {
        return tunnelWires;
    }

    /** Whether a target is of a frame that goes by emulated wires of tunnels. */
    public static boolean goesByTunnelWires(int target) {
        return (marks(target) & TUNNEL_WIRES) != 0;
    }

    /** Whether a target is of a frame that goes by any emulated wire. */
    public static boolean goesByWire(int target) {
        return (marks(target) & (EMULATED | TUNNEL_WIRES)) != 0;
    }

    /** The interface by whose emulated wire frame {@code k} goes next. */
    public int nextWire(int k) {
        return goesByTunnelWires(target[k]) ? tunnelWires.first(k) : egress[k];
    }

    /** Has frame {@code k} be past the emulated wire by which it went next. */
    public void passWire(int k) {
        if (!goesByTunnelWires(target[k])) {
            target[k] = unemulated(target[k]);
        } else if (tunnelWires.removeFirst(k)) {
            target[k] ^= TUNNEL_WIRES;
        }
    }

    /** The bits in which a target differs from its sign: below those of the marks it is a port or an interface. */
    private static int marks(int target) {
        return target ^ (target >> (Integer.SIZE - 1));
    }

    /**
     * Charges the frame listed last, which leaves by a port, to a tunnel's class of that port, and not to the class of the
     * interface that it leaves by. Packets outside of such tunnels cost nothing, because frames are placed in runs of equal targets.
     *
     * @param tunnel interface of a tunnel.
     */
    public void chargeTo(int tunnel) {
        target[count - 1] |= (tunnel + 1) << TUNNEL_SHIFT;
    }

    /** The tunnel whose class a frame is charged to by its target, or {@link #NO_TUNNEL}. */
    public static int tunnel(int target) {
        return target < 0 ? NO_TUNNEL : ((target >> TUNNEL_SHIFT) & TUNNEL_MASK) - 1;
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
