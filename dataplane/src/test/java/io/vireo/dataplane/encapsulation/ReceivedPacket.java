package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.encapsulation.esp.EspReceiver;
import io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dpdk.Mbuf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** One packet in a buffer that nothing else fills, received by the router of a table of tunnel ends. Not thread-safe. */
final class ReceivedPacket {
    static final int ROUTER = 1;

    /** Where the packet begins in its buffer. */
    static final int HEADROOM = 128;

    /** Longest packet. */
    static final int MAX_BYTES = 1_900;

    private static final int ETHERNET_BYTES = 14;
    private static final int BUFFER_BYTES = 2_048;

    final TunnelEnds ends = new TunnelEnds(4);
    final TunnelEnds pairs = new TunnelEnds(4);
    final UdpPorts udpPorts = new UdpPorts();
    private final Decapsulator decapsulator = new Decapsulator(
            ends,
            pairs,
            udpPorts,
            new TunnelEnds(4),
            new EspReceiver(new SecurityAssociationTable(4), false),
            new InterfaceTable(4),
            false);
    private final Burst burst = new Burst(1, 0);
    private final MemorySegment buffer = Arena.global().allocate(BUFFER_BYTES, 64);
    private final MemorySegment mbuf = Arena.global().allocate(128, 64);

    /** Adds an end between the addresses of {@link TunnelRig}, over IPv4. */
    static void add(TunnelEnds ends, int index, int kind, int key, int options, int interfaceId) {
        ends.add(
                index,
                ROUTER,
                kind,
                0,
                TunnelRig.REMOTE4 & 0xffff_ffffL,
                0,
                TunnelRig.LOCAL4 & 0xffff_ffffL,
                key,
                options,
                interfaceId);
    }

    /** What the decapsulator makes of a packet with this check result, with these bytes behind its end. */
    int unwrap(byte[] packet, int checkResult, byte behind) {
        buffer.fill(behind);
        MemorySegment.copy(packet, 0, buffer, ValueLayout.JAVA_BYTE, HEADROOM, packet.length);
        mbuf.set(ValueLayout.JAVA_LONG, 0, buffer.address()); // rte_mbuf begins with the address of its buffer
        burst.clear();
        burst.size = 1;
        burst.mbufs.set(0, mbuf.address());
        burst.router[0] = ROUTER;
        burst.network[0] = buffer.address() + HEADROOM;
        burst.networkLength[0] = packet.length;
        burst.checkResult[0] = checkResult;
        return decapsulator.unwrap(burst, 0);
    }

    /** The bytes where the packet was. */
    byte[] content(int bytes) {
        return buffer.asSlice(HEADROOM, bytes).toArray(ValueLayout.JAVA_BYTE);
    }

    /** That a packet which was refused is as it was, and that what was taken out of one was within, behind so many bytes. */
    void assertWithin(byte[] packet, int result, int headerBytes) {
        if (result < 0) {
            assertThat(content(packet.length)).isEqualTo(packet);
            return;
        }
        int inner = frameOffset() + ETHERNET_BYTES;
        int end = HEADROOM + packet.length;
        assertThat(inner).isBetween(HEADROOM + headerBytes, end);
        assertThat(frameOffset() + frameBytes()).isEqualTo(end);
    }

    /** Where the frame begins in the buffer that has been made of the packet. */
    int frameOffset() {
        return (int) (Mbuf.dataAddress(mbuf.address()) - buffer.address());
    }

    int frameBytes() {
        return Mbuf.dataLength(mbuf.address());
    }
}
