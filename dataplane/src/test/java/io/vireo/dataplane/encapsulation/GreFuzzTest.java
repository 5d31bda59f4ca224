package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.dataplane.encapsulation.esp.EspReceiver;
import io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dpdk.Mbuf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes behind an outer header that check has found sound. */
class GreFuzzTest {
    private static final int ROUTER = 1;
    private static final int TUNNEL = 3;
    private static final int BUFFER_BYTES = 2_048;
    private static final int HEADROOM = 128;
    private static final int OUTER_BYTES = 20;
    private static final MemorySegment BUFFER = Arena.global().allocate(BUFFER_BYTES, 64);
    private static final MemorySegment MBUF = Arena.global().allocate(128, 64);
    private static final Burst BURST = new Burst(1, 0);
    private static final TunnelEnds ENDS = new TunnelEnds(4);
    private static final TunnelEnds PAIRS = new TunnelEnds(4);
    private static final Decapsulator DECAPSULATOR = new Decapsulator(
            ENDS,
            PAIRS,
            new TunnelEnds(4),
            new EspReceiver(new SecurityAssociationTable(4), false),
            new InterfaceTable(4),
            false);

    static {
        int gre = Encapsulation.GRE.code();
        int all = GreOptions.KEY | GreOptions.CHECKSUM | GreOptions.SEQUENCE;
        add(ENDS, 1, gre, 0, GreOptions.NONE, TUNNEL - 1);
        add(ENDS, 2, gre | TunnelEnds.KEYED, 0, all, TUNNEL);
        add(PAIRS, 1, gre, 0, GreOptions.NONE, 2);
    }

    private static void add(TunnelEnds ends, int index, int kind, int key, int options, int interfaceId) {
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

    static Stream<byte[]> payloads() {
        byte[] whole = whole();
        return Stream.of(
                whole,
                Arrays.copyOf(whole, 15),
                Arrays.copyOf(whole, 3),
                new byte[] {0, 0, 8, 0},
                new byte[] {0, 0, (byte) 0x86, (byte) 0xdd, 0x60, 0},
                new byte[] {0, 1, 8, 0},
                new byte[] {0x40, 0, 8, 0},
                new byte[1]);
    }

    private static byte[] whole() {
        byte[] inner = TunnelRig.toNear(true, 64, 1);
        return GrePacket.with(GrePacket.header(GrePacket.IPV4, 0, true, 5, inner), inner);
    }

    private static byte[] packet(byte[] payload) {
        return OuterPacket.ipv4(GrePacket.PROTOCOL, payload, new byte[0], TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1);
    }

    @Test
    void shouldTakeOutWhatIsWhole() {
        assertThat(unwrap(packet(whole()), (byte) 0)).isEqualTo(TUNNEL);
        assertThat(unwrap(packet(new byte[] {0, 0, 8, 0}), (byte) 0)).isEqualTo(TUNNEL - 1);
    }

    /** What stands behind a packet's end has no influence; what is refused stays as it was, and what is taken out was within. */
    @MethodSource("payloads")
    @FuzzTest
    void shouldUnwrapByTheBytesOfThePacketOnly(byte[] bytes) {
        byte[] payload = Arrays.copyOf(bytes, Math.min(bytes.length, BUFFER_BYTES - HEADROOM - OUTER_BYTES - 64));
        byte[] packet = packet(payload);
        int result = unwrap(packet, (byte) 0);
        if (result < 0) {
            assertThat(content(packet.length)).isEqualTo(packet);
        } else {
            int dataOffset = (int) (Mbuf.dataAddress(MBUF.address()) - BUFFER.address());
            assertThat(dataOffset + 14).isBetween(HEADROOM + OUTER_BYTES + 4, HEADROOM + packet.length);
            assertThat(dataOffset + Mbuf.dataLength(MBUF.address())).isEqualTo(HEADROOM + packet.length);
        }
        for (byte behind : new byte[] {(byte) 0x20, 0x45, -1}) {
            assertThat(unwrap(packet, behind)).isEqualTo(result);
        }
    }

    private static byte[] content(int bytes) {
        return BUFFER.asSlice(HEADROOM, bytes).toArray(ValueLayout.JAVA_BYTE);
    }

    /** On a buffer that nothing but this fills. */
    private static int unwrap(byte[] packet, byte behind) {
        BUFFER.fill(behind);
        MemorySegment.copy(packet, 0, BUFFER, ValueLayout.JAVA_BYTE, HEADROOM, packet.length);
        MBUF.set(ValueLayout.JAVA_LONG, 0, BUFFER.address()); // rte_mbuf begins with the address of its buffer
        BURST.clear();
        BURST.size = 1;
        BURST.mbufs.set(0, MBUF.address());
        BURST.router[0] = ROUTER;
        BURST.network[0] = BUFFER.address() + HEADROOM;
        BURST.networkLength[0] = packet.length;
        BURST.checkResult[0] = CheckResult.PLAIN_IPV4;
        return DECAPSULATOR.unwrap(BURST, 0);
    }
}
