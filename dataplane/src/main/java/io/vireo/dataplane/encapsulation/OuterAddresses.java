package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dpdk.Memory;

/** Between which addresses a packet in hand goes. Part of {@link Decapsulator}. Single user: its worker. */
final class OuterAddresses {
    private static final long LOW_32 = 0xffff_ffffL;

    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;

    void ofIpv4(long header) {
        sourceHigh = 0;
        sourceLow = Memory.getIntBigEndian(header + Ipv4.SOURCE) & LOW_32;
        destinationHigh = 0;
        destinationLow = Memory.getIntBigEndian(header + Ipv4.DESTINATION) & LOW_32;
    }

    void ofIpv6(long header) {
        sourceHigh = Memory.getLongBigEndian(header + Ipv6.SOURCE);
        sourceLow = Memory.getLongBigEndian(header + Ipv6.SOURCE + Long.BYTES);
        destinationHigh = Memory.getLongBigEndian(header + Ipv6.DESTINATION);
        destinationLow = Memory.getLongBigEndian(header + Ipv6.DESTINATION + Long.BYTES);
    }

    /** What a table has between them, as {@link TunnelEnds#lookup}. */
    long lookup(TunnelEnds table, int router, int kind, int key) {
        return table.lookup(router, kind, sourceHigh, sourceLow, destinationHigh, destinationLow, key);
    }
}
