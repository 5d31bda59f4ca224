package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.capture.CaptureTap;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dpdk.Mbuf;

/** Counts and captures what leaves by tunnel interfaces, before its outer header is written. Single user: its worker. */
public final class TunnelTap {
    private static final int FRAGMENTED = AnswerKind.FRAGMENTED.code();

    private final InterfaceTable interfaces;
    private final StatisticsWriter statistics;
    private final CaptureTap captures;

    public TunnelTap(InterfaceTable interfaces, StatisticsWriter statistics, CaptureTap captures) {
        this.interfaces = interfaces;
        this.statistics = statistics;
        this.captures = captures;
    }

    /** An outer packet leaves a router in fragments. */
    void fragmented(int router) {
        statistics.routerAnswered(router, FRAGMENTED, 1);
    }

    /** A frame leaves by a tunnel interface. */
    void sentFrame(long mbuf, int interfaceId, int router, long frame, int bytes) {
        count(interfaceId, router, bytes);
        if (captures.isOpen()) {
            InnerFrame.set(mbuf, frame, bytes);
            captures.sent(mbuf, interfaceId);
        }
    }

    private void count(int interfaceId, int router, int frameBytes) {
        statistics.interfaceSent(interfaceId, 1, frameBytes);
        statistics.routerSent(router, 1, frameBytes);
    }

    /** A packet leaves by a tunnel interface: bytes are counted as of a frame, as on a link. */
    void sent(long mbuf, int interfaceId, int router, long packet, int bytes) {
        count(interfaceId, router, bytes + Ethernet.HEADER_BYTES);
        if (captures.isOpen() && packet - Mbuf.bufferAddress(mbuf) >= Ethernet.HEADER_BYTES) {
            InnerFrame.wrap(mbuf, packet, bytes, Ipv4.isVersion4(packet), interfaces.record(interfaceId));
            captures.sent(mbuf, interfaceId);
        }
    }
}
