package io.vireo.dataplane.encapsulation.outer;

import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.FragmentPorts;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an outer packet into fragments, as who encapsulates may (RFC 2003 §5.1, RFC 2473 §7.2, RFC 4459 §3.1): the first in the packet's
 * own buffer, each but the last as long as fits. Single user: its worker.
 */
public final class OuterFragments {
    /** Fragments of one packet beyond the first. */
    private static final int MAX_OTHERS = 64;

    /** IPv6's fragment header (RFC 8200 §4.5). */
    private static final int NEXT_HEADER = 44;

    private static final int FRAGMENT_HEADER_BYTES = 8;
    private static final int FLAGS = 2;
    private static final int IDENTIFICATION = 4;
    private static final int MORE_V6 = 1;
    private static final int UNIT_BYTES = 1 << Ipv4.FRAGMENT_UNIT_SHIFT;
    private static final int NO_BUFFER = Disposition.drop(DropReason.NO_BUFFER);
    private static final int TOO_BIG = Disposition.drop(DropReason.ENCAPSULATED_TOO_BIG);

    private final @Nullable Mempool pool;
    private final MbufArray fresh = MbufArray.allocate(MAX_OTHERS);
    private int headerBytes;
    private int payloadBytes;
    private int chunk;
    private int others;
    private int offset;
    private long firstPacket;

    /** @param pool of the fragments' buffers; null for a tracer, which sees the first fragment only. */
    public OuterFragments(@Nullable Mempool pool) {
        this.pool = pool;
    }

    /** Bytes that the first fragment begins before the packet. */
    public static int bytesBefore(boolean isIpv4) {
        return isIpv4 ? 0 : FRAGMENT_HEADER_BYTES;
    }

    /**
     * Takes the buffers for the fragments of a packet, before anything is changed.
     *
     * @param outerBytes of the packet.
     * @param ownBytes of its header.
     * @param maxBytes of a fragment.
     * @param before bytes that will be put before each fragment.
     * @param behind and behind it.
     * @param room tx frames that there is room for.
     * @return {@link Disposition#FORWARD}, or a disposition to drop the packet.
     */
    public int prepare(boolean isIpv4, int outerBytes, int ownBytes, int maxBytes, int before, int behind, int room) {
        headerBytes = ownBytes;
        payloadBytes = outerBytes - ownBytes;
        int chunkRoom = maxBytes - ownBytes - bytesBefore(isIpv4);
        if (chunkRoom < UNIT_BYTES) {
            return TOO_BIG;
        }
        chunk = chunkRoom & -UNIT_BYTES;
        others = (payloadBytes - chunkRoom + chunk - 1) / chunk; // the last may fill what is no whole unit
        if (pool == null) {
            others = 0;
            return Disposition.FORWARD;
        }
        if (others > Math.min(MAX_OTHERS, room) || pool.allocate(fresh, 0, others) == 0) {
            return NO_BUFFER;
        }
        offset = Math.max(Mbuf.HEADROOM_BYTES, before);
        if (offset + maxBytes + behind > Mbuf.bufferLength(fresh.get(0))) {
            Mempool.free(fresh, 0, others);
            return NO_BUFFER;
        }
        return Disposition.FORWARD;
    }

    /** Cuts the packet that has been {@linkplain #prepare prepared for}, whose header is complete. */
    public void cut(long mbuf, long packet, int identification) {
        boolean isIpv4 = Ipv4.isVersion4(packet);
        int ports = Memory.getIntBigEndian(packet + headerBytes);
        firstPacket = packet - bytesBefore(isIpv4);
        for (int n = 0; n < others; n++) {
            long other = packet(n + 1);
            int from = (n + 1) * chunk;
            int bytes = n + 1 < others ? chunk : payloadBytes - from;
            Memory.copy(packet, other, headerBytes);
            Memory.copy(packet + headerBytes + from, other + headerBytes + bytesBefore(isIpv4), bytes);
            finish(fresh.get(n), other, isIpv4, from, bytes, n + 1 < others, identification, ports);
        }
        Memory.copy(packet, firstPacket, headerBytes);
        finish(mbuf, firstPacket, isIpv4, 0, chunk, true, identification, ports);
    }

    private void finish(
            long mbuf,
            long header,
            boolean isIpv4,
            int from,
            int bytes,
            boolean hasMore,
            int identification,
            int ports) {
        if (isIpv4) {
            int more = hasMore ? Ipv4.MORE_FRAGMENTS : 0;
            Memory.putShortBigEndian(header + Ipv4.TOTAL_LENGTH, headerBytes + bytes);
            Memory.putShortBigEndian(header + Ipv4.FRAGMENT, more | from >> Ipv4.FRAGMENT_UNIT_SHIFT);
            Ipv4.setChecksum(header, headerBytes);
            FragmentPorts.write(mbuf, header, ports);
            return;
        }
        long fragment = header + headerBytes;
        Memory.putByte(fragment, Memory.getByte(header + Ipv6.NEXT_HEADER));
        Memory.putByte(fragment + 1, (byte) 0);
        Memory.putShortBigEndian(fragment + FLAGS, from | (hasMore ? MORE_V6 : 0));
        Memory.putIntBigEndian(fragment + IDENTIFICATION, identification);
        Memory.putByte(header + Ipv6.NEXT_HEADER, (byte) NEXT_HEADER);
        Memory.putShortBigEndian(
                header + Ipv6.PAYLOAD_LENGTH, headerBytes - Ipv6.HEADER_BYTES + FRAGMENT_HEADER_BYTES + bytes);
    }

    /** Bytes of the fragment header behind an IPv6 header, if it is that of a first fragment, else 0. */
    public static int firstFragmentBytes(long header, int bytes) {
        boolean isFirst = bytes >= Ipv6.HEADER_BYTES + FRAGMENT_HEADER_BYTES
                && Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER) == NEXT_HEADER
                && Memory.getUnsignedShortBigEndian(header + Ipv6.HEADER_BYTES + FLAGS) >>> Ipv4.FRAGMENT_UNIT_SHIFT
                        == 0;
        return isFirst ? FRAGMENT_HEADER_BYTES : 0;
    }

    /** Fragments that there are. */
    public int count() {
        return others + 1;
    }

    /** The buffer of a fragment, of which the first is in the packet's own. */
    public long mbuf(int index, long own) {
        return index == 0 ? own : fresh.get(index - 1);
    }

    /** Where a fragment begins. */
    public long packet(int index) {
        return index == 0 ? firstPacket : Mbuf.bufferAddress(fresh.get(index - 1)) + offset;
    }

    /** The length of a fragment. */
    public static int bytes(long packet) {
        return Ipv4.isVersion4(packet)
                ? Ipv4.totalLength(packet)
                : Ipv6.HEADER_BYTES + Memory.getUnsignedShortBigEndian(packet + Ipv6.PAYLOAD_LENGTH);
    }
}
