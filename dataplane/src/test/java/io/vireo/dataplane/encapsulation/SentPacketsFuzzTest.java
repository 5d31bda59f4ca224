package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.GreOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes that an ICMP error may quote. */
class SentPacketsFuzzTest {
    private static final int ROUTER = 1;
    private static final int KEY = 7;
    private static final long REMOTE = TunnelRig.REMOTE4 & 0xffff_ffffL;
    private static final long LOCAL = TunnelRig.LOCAL4 & 0xffff_ffffL;
    private static final int MAX_BYTES = 600;
    private static final MemorySegment BUFFER = Arena.global().allocate(2L * MAX_BYTES, 64);
    private static final TunnelEnds ENDS = new TunnelEnds(6);
    private static final TunnelEnds PAIRS = new TunnelEnds(2);
    private static final TunnelEnds LABELS = new TunnelEnds(7);
    private static final UdpPorts PORTS = new UdpPorts();
    private static final EncapsulationTable ENCAPSULATIONS = new EncapsulationTable(7);
    private static final SecurityAssociationTable ASSOCIATIONS = new SecurityAssociationTable(2);
    private static final SentPackets SENT = new SentPackets(ENDS, PAIRS, PORTS, LABELS, ENCAPSULATIONS, ASSOCIATIONS);
    private static final EspPeer ESP = EspPeer.random(EspAlgorithm.AES_GCM_128, true, 0x8765_4321);

    static {
        add(1, Encapsulation.IPIP.code(), 0);
        add(2, Encapsulation.GRE.code() | TunnelEnds.KEYED, KEY);
        add(3, Encapsulation.VNS.code() | TunnelEnds.KEYED, TunnelKind.VNS_WITH_FLOW.key());
        add(4, Encapsulation.ESP.code(), 0);
        add(
                5,
                TunnelEnds.ofUdp(Encapsulation.VXLAN.code(), VxlanPacket.PORT) | TunnelEnds.KEYED,
                TunnelKind.VXLAN.key());
        PAIRS.add(1, ROUTER, Encapsulation.VNS.code(), 0, REMOTE, 0, LOCAL, 0, GreOptions.NONE, 1);
        PORTS.add(VxlanPacket.PORT, Encapsulation.VXLAN.code());
        add(LABELS, 6, Encapsulation.MPLS_GRE.code() | TunnelEnds.KEYED, TunnelKind.MPLS.key());
        ASSOCIATIONS.define(1, ESP.spec(4, true, 1, 1), ESP.algorithm(), 64, true);
        ENCAPSULATIONS.setAssociation(4, 1);
    }

    private static void add(int index, int kind, int key) {
        add(ENDS, index, kind, key);
    }

    private static void add(TunnelEnds ends, int index, int kind, int key) {
        ends.add(index, ROUTER, kind, 0, REMOTE, 0, LOCAL, key, GreOptions.NONE, index);
        ENCAPSULATIONS.define(index, index, ROUTER, FixUp.IPIP_OVER_IPV4, 20);
    }

    private static byte[] sent(TunnelKind kind) {
        byte[] inner = TunnelRig.toFar(true, 64, 0);
        return kind.withOptions(OuterPacket.ipv4(
                kind.protocol(inner), kind.header(inner, 0), inner, TunnelRig.LOCAL4, TunnelRig.REMOTE4, 64, 1));
    }

    private static byte[] sentEsp(EspPeer peer) {
        byte[] esp = peer.seal(TunnelRig.toFar(true, 64, 0), 1);
        return OuterPacket.ipv4(EspPeer.PROTOCOL, esp, new byte[0], TunnelRig.LOCAL4, TunnelRig.REMOTE4, 64, 1);
    }

    static Stream<byte[]> quotations() {
        byte[] keyed = sent(TunnelKind.keyed(KEY));
        byte[] ipv6 = OuterPacket.ipv6(TunnelRig.toFar(true, 64, 0), 1, 2, 3, 4, 64);
        byte[] vns = sent(TunnelKind.VNS_WITH_FLOW);
        byte[] vxlan = sent(TunnelKind.VXLAN);
        return Stream.of(
                sent(TunnelKind.IPIP),
                vxlan,
                Arrays.copyOf(vxlan, 36),
                Arrays.copyOf(vxlan, 35),
                keyed,
                Arrays.copyOf(keyed, 28),
                Arrays.copyOf(keyed, 27),
                vns,
                Arrays.copyOf(vns, 36),
                Arrays.copyOf(vns, 22),
                sent(TunnelKind.MPLS),
                Arrays.copyOf(sent(TunnelKind.MPLS), 28),
                sentEsp(ESP),
                Arrays.copyOf(sentEsp(ESP), 28),
                ipv6,
                new byte[1]);
    }

    @Test
    void shouldKnowWhatWasSent() {
        assertThat(isSent(sent(TunnelKind.IPIP), (byte) 0)).isTrue();
        assertThat(isSent(Arrays.copyOf(sent(TunnelKind.keyed(KEY)), 28), (byte) 0))
                .isTrue();
        assertThat(isSent(sent(TunnelKind.keyed(KEY + 1)), (byte) 0)).isFalse();
        assertThat(isSent(Arrays.copyOf(sent(TunnelKind.MPLS), 28), (byte) 0)).isTrue();
        assertThat(isSent(sent(new TunnelKind(Encapsulation.MPLS_GRE, 0, 17)), (byte) 0))
                .isFalse();
        assertThat(isSent(sent(TunnelKind.GRE), (byte) 0)).isFalse();
        assertThat(isSent(sent(TunnelKind.VNS_WITH_FLOW), (byte) 0)).isTrue();
        assertThat(isSent(sent(TunnelKind.VNS), (byte) 0)).isFalse();
        assertThat(isSent(Arrays.copyOf(sent(TunnelKind.VXLAN), 36), (byte) 0)).isTrue();
        assertThat(isSent(Arrays.copyOf(sent(TunnelKind.VXLAN), 35), (byte) 0)).isFalse();
        assertThat(isSent(Arrays.copyOf(sentEsp(ESP), 28), (byte) 0)).isTrue();
        assertThat(isSent(Arrays.copyOf(sentEsp(ESP), 27), (byte) 0)).isFalse();
        assertThat(isSent(sentEsp(EspPeer.random(EspAlgorithm.AES_GCM_128, true, 0x8765_4322)), (byte) 0))
                .isFalse();
    }

    /** What stands behind has no influence, and a path MTU stays within its bounds. */
    @MethodSource("quotations")
    @FuzzTest
    void shouldDecideByWhatIsQuotedOnly(byte[] bytes) {
        byte[] quoted = Arrays.copyOf(bytes, Math.min(bytes.length, MAX_BYTES));
        boolean isSent = isSent(quoted, (byte) 0);
        for (byte behind : new byte[] {4, 0x20, 0x45, -1}) {
            assertThat(isSent(quoted, behind)).isEqualTo(isSent);
        }
        if (isSent) {
            SENT.lowerPathMtuIpv4(ROUTER, BUFFER.address(), quoted.length, 1, 0);
        }
        for (int index = 1; index <= 6; index++) {
            assertThat(EncapsulationTable.pathMtu(ENCAPSULATIONS.record(index))).isGreaterThanOrEqualTo(576);
        }
    }

    /** On a buffer that nothing but this fills. */
    private static boolean isSent(byte[] quoted, byte behind) {
        BUFFER.fill(behind);
        MemorySegment.copy(quoted, 0, BUFFER, ValueLayout.JAVA_BYTE, 0, quoted.length);
        return (quoted.length >= 20 && SENT.isSentIpv4(ROUTER, BUFFER.address(), quoted.length))
                || (quoted.length >= 40 && SENT.isSentIpv6(ROUTER, BUFFER.address(), quoted.length));
    }
}
