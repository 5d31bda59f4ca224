package io.vireo.dataplane.encapsulation.reassembly;

import io.vireo.dataplane.encapsulation.TunnelEnds;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Puts packets of tunnels together again that come in fragments. Single user: its worker.
 *
 * <p>A fragment is copied to its place in its packet's buffer and freed at once, so a packet holds one buffer, and what does not fit in
 * one is refused when it shows. What contradicts what is there already ends the packet, of which nothing is taken any more until it
 * is too old; a fragment that says the same once more does no harm (RFC 8200 §4.5).
 */
public final class Reassembler {
    /** {@link #complete}: the packet goes on, as it is or whole. */
    public static final int GOES_ON = 0;

    /** {@link #complete}: the fragment is no longer the burst's. */
    private static final int TAKEN = ~Disposition.FORWARD;

    /** {@link TunnelEnds}' kind of the pairs of addresses whose fragments are taken; their key is the protocol. */
    public static final int PAIR_KIND = 0;

    /**
     * How long a packet waits for its fragments. RFC 791 and RFC 1122 have 15 to 60 s for whatever path; but fragments of one packet
     * leave a tunnel's far end one after the other, and a second later what is inside has been sent again (RFC 6298 §2.1). Linux waits
     * for 30 s, VPP 0.1 s.
     */
    public static final long TIMEOUT_NS = 1_000_000_000L;

    /** Where what is fragmented begins in a packet's buffer: behind room for an IP header, and for headers of tunnels to come. */
    static final int PAYLOAD_OFFSET = 144;

    /** Packets that become too old in one round, at most. */
    private static final int EXPIRE_LIMIT = 64;

    private static final int INCOMPLETE = Disposition.drop(DropReason.FRAGMENT_INCOMPLETE);
    private static final int INVALID = Disposition.drop(DropReason.FRAGMENT_INVALID);
    private static final int TOO_LONG = Disposition.drop(DropReason.FRAME_TOO_LONG);
    private static final int NO_BUFFER = Disposition.drop(DropReason.NO_BUFFER);

    private static final int UNIT_SHIFT = Ipv4.FRAGMENT_UNIT_SHIFT;
    private static final int UNIT_BYTES = 1 << UNIT_SHIFT;
    private static final int UNKNOWN = -1;
    private static final int NOT_ECT = 1;
    private static final int CONGESTED = 1 << 3;

    private final TunnelEnds pairs;
    private final @Nullable PacketBuffers buffers;
    private final PartialPackets packets;
    private final CoveredUnits covered;
    private final FragmentHeader fragment = new FragmentHeader();
    private final long[] mbufs;
    private final long[] pairRecords;
    private final int[] routers;
    private final int[] fragments;
    private final int[] units;
    private final int[] ends;
    private final int[] farthest;
    private final int[] headerBytes;
    private final int[] checkResults;
    private final int[] ecns;
    private final int[] endings;

    /**
     * @param pairs of which addresses and protocols fragments are taken.
     * @param pairCapacity above every index of a pair.
     * @param buffers what packets are put together in; null: none is held, for a tracer.
     * @param capacity packets that are held at once, at least 1.
     */
    public Reassembler(TunnelEnds pairs, int pairCapacity, @Nullable PacketBuffers buffers, int capacity) {
        this.pairs = pairs;
        this.buffers = buffers;
        packets = new PartialPackets(capacity, pairCapacity);
        covered = new CoveredUnits(capacity);
        mbufs = new long[capacity];
        pairRecords = new long[capacity];
        routers = new int[capacity];
        fragments = new int[capacity];
        units = new int[capacity];
        ends = new int[capacity];
        farthest = new int[capacity];
        headerBytes = new int[capacity];
        checkResults = new int[capacity];
        ecns = new int[capacity];
        endings = new int[capacity];
    }

    /**
     * Takes a fragment that is for the router itself.
     *
     * @return {@link #GOES_ON}: packet {@code i} of the burst is whole, or none of a tunnel's; else, negative, the complement of its
     *     disposition: forwarded, for it has been taken, or dropped.
     */
    public int complete(Burst burst, int i) {
        boolean isIpv4 = CheckResult.family(burst.checkResult[i]) == CheckResult.FAMILY_IPV4;
        return fragment.read(burst.network[i], burst.networkLength[i], isIpv4) ? completeFragment(burst, i) : GOES_ON;
    }

    private int completeFragment(Burst burst, int i) {
        int router = burst.router[i];
        long pair = pairs.lookup(
                router,
                PAIR_KIND,
                fragment.sourceHigh,
                fragment.sourceLow,
                fragment.destinationHigh,
                fragment.destinationLow,
                fragment.protocol);
        long number = pair == TunnelEnds.NO_RECORD ? 0 : TunnelEnds.number(pair);
        if (number == 0) {
            return GOES_ON;
        }
        if (fragment.isAtomic()) {
            WholePacket.removeFragmentHeader(burst, i, fragment);
            return GOES_ON;
        }
        if (!fragment.isPossible()) {
            return ~INVALID;
        }
        return buffers == null ? ~INCOMPLETE : take(burst, i, pair, number, router, buffers);
    }

    private int take(Burst burst, int i, long pair, long number, int router, PacketBuffers owner) {
        int packet = packets.find(number, fragment.identification);
        if (packet == PartialPackets.NONE) {
            packet = begin(pair, number, router, burst.nowNs, owner);
            if (packet == PartialPackets.NONE) {
                return ~NO_BUFFER;
            }
        }
        if (endings[packet] != Disposition.FORWARD) {
            return ~endings[packet];
        }
        int refusal = refusal(packet);
        if (refusal != Disposition.FORWARD) {
            end(packet, refusal, owner);
            return ~refusal;
        }
        int first = fragment.offset >>> UNIT_SHIFT;
        int end = (fragment.end() + UNIT_BYTES - 1) >>> UNIT_SHIFT;
        int there = covered.ofRange(packet, first, end);
        if (there != CoveredUnits.NONE) {
            if (there != CoveredUnits.ALL || !isSame(packet)) {
                end(packet, INVALID, owner);
            }
            return ~INVALID;
        }
        covered.add(packet, first, end);
        units[packet] += end - first;
        copy(packet, burst.checkResult[i]);
        if (isWhole(packet)) {
            return whole(burst, i, packet, owner);
        }
        owner.free(burst.mbufs.get(i));
        return TAKEN;
    }

    private int begin(long pair, long number, int router, long nowNs, PacketBuffers owner) {
        long mbuf = owner.take();
        if (mbuf == PacketBuffers.NONE) {
            return PartialPackets.NONE;
        }
        int index = pairs.indexOf(pair);
        int victim = packets.victim(index);
        if (victim != PartialPackets.NONE) {
            forget(victim, owner);
        }
        int packet = packets.add(index, number, fragment.identification, nowNs);
        mbufs[packet] = mbuf;
        pairRecords[packet] = pair;
        routers[packet] = router;
        fragments[packet] = 0;
        units[packet] = 0;
        ends[packet] = UNKNOWN;
        farthest[packet] = 0;
        headerBytes[packet] = UNKNOWN;
        ecns[packet] = 0;
        endings[packet] = Disposition.FORWARD;
        covered.clear(packet, (room(mbuf) >>> UNIT_SHIFT) + 1);
        return packet;
    }

    private static int room(long mbuf) {
        return Mbuf.bufferLength(mbuf) - PAYLOAD_OFFSET;
    }

    /** Whether the fragment cannot be one of what the others are of. */
    private int refusal(int packet) {
        int end = fragment.end();
        int known = ends[packet];
        boolean isBeyond = known != UNKNOWN && (end > known || (fragment.isLast && end != known));
        if (isBeyond || (fragment.isLast && end < farthest[packet])) {
            return INVALID;
        }
        return end > room(mbufs[packet]) ? TOO_LONG : Disposition.FORWARD;
    }

    private boolean isSame(int packet) {
        long there = payload(packet) + fragment.offset;
        for (int n = 0; n < fragment.bytes; n++) {
            if (Memory.getByte(there + n) != Memory.getByte(fragment.payload + n)) {
                return false;
            }
        }
        return true;
    }

    private void copy(int packet, int checkResult) {
        long payload = payload(packet);
        Memory.copy(fragment.payload, payload + fragment.offset, fragment.bytes);
        fragments[packet]++;
        ecns[packet] |= 1 << fragment.ecn;
        farthest[packet] = Math.max(farthest[packet], fragment.end());
        if (fragment.isLast) {
            ends[packet] = fragment.end();
        }
        if (fragment.offset == 0) {
            headerBytes[packet] = fragment.headerBytes;
            checkResults[packet] = checkResult;
            WholePacket.copyHeader(fragment, payload - fragment.headerBytes);
        }
    }

    private long payload(int packet) {
        return Mbuf.bufferAddress(mbufs[packet]) + PAYLOAD_OFFSET;
    }

    private boolean isWhole(int packet) {
        return ends[packet] != UNKNOWN && units[packet] == (ends[packet] + UNIT_BYTES - 1) >>> UNIT_SHIFT;
    }

    /** The packet takes the place of its last fragment. */
    private int whole(Burst burst, int i, int packet, PacketBuffers owner) {
        int marks = ecns[packet];
        if ((marks & NOT_ECT) != 0 && marks != NOT_ECT) {
            fragments[packet]--; // the one in hand is dropped by who brought it
            end(packet, INVALID, owner);
            return ~INVALID;
        }
        long last = burst.mbufs.get(i);
        long header = payload(packet) - headerBytes[packet];
        int bytes = headerBytes[packet] + ends[packet];
        WholePacket.finishHeader(header, headerBytes[packet], bytes, fragment.isIpv4, (marks & CONGESTED) != 0);
        WholePacket.replace(burst, i, mbufs[packet], header, bytes, fragment.isIpv4);
        burst.checkResult[i] = checkResults[packet];
        owner.free(last);
        owner.countWhole(burst.router[i]);
        packets.remove(packet);
        return GOES_ON;
    }

    /** Takes nothing of a packet any more, but remembers it for as long as fragments of it may come. */
    private void end(int packet, int disposition, PacketBuffers owner) {
        dropFragments(packet, Disposition.reasonCode(disposition), owner);
        endings[packet] = disposition;
    }

    private void dropFragments(int packet, int reason, PacketBuffers owner) {
        // Whose they were is only certain as long as the tunnel is there.
        boolean isPairThere = TunnelEnds.number(pairRecords[packet]) == packets.pairNumber(packet);
        owner.drop(mbufs[packet], fragments[packet], isPairThere ? routers[packet] : Burst.UNKNOWN, reason);
    }

    private void forget(int packet, PacketBuffers owner) {
        if (endings[packet] == Disposition.FORWARD) {
            dropFragments(packet, Disposition.reasonCode(INCOMPLETE), owner);
        }
        packets.remove(packet);
    }

    /** Drops what has waited too long. Once per round. */
    public void expire(long nowNs) {
        if (buffers == null) {
            return;
        }
        for (int n = 0; n < EXPIRE_LIMIT; n++) {
            int packet = packets.oldest();
            if (packet == PartialPackets.NONE || nowNs - packets.bornNs(packet) < TIMEOUT_NS) {
                break;
            }
            forget(packet, buffers);
        }
        buffers.countHeld(packets.size());
    }

    /** Drops everything. When the worker stops. */
    public void discardAll() {
        while (buffers != null && packets.oldest() != PartialPackets.NONE) {
            forget(packets.oldest(), buffers);
            buffers.countHeld(packets.size());
        }
    }
}
