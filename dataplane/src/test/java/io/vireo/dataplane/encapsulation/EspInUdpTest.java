package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes to the UDP port of an ESP tunnel (RFC 3948). What goes and comes by it is {@link EspTunnelTest}'s. */
class EspInUdpTest {
    private static final int SPI = 0x87654321;
    private static final EspPeer PEER = EspPeer.random(EspAlgorithm.AES_GCM_128, true, SPI);
    private static final TunnelKind PLAIN = TunnelKind.esp(EspAlgorithm.AES_GCM_128, true);
    private static final byte[] INNER = TunnelRig.toNear(true, 64, 1);

    private static byte[] from(int source, int protocol, byte[] payload) {
        return TunnelRig.fromGateway(OuterPacket.ipv4(protocol, payload, new byte[0], source, TunnelRig.LOCAL4, 64, 1));
    }

    private static byte[] udp(byte[] payload) {
        return from(TunnelRig.REMOTE4, EspPeer.UDP, EspPeer.inUdp(payload));
    }

    /** A tunnel that has received these frames. */
    private static TunnelRig received(TunnelKind kind, byte[]... frames) {
        TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, List.of(), List.of(frames));
        rig.dataplane
                .proxy
                .keys()
                .addSecurityAssociation(7, PEER.spec(T, false, rig.dataplane.memory.incarnation(), 1));
        rig.dataplane.settle();
        rig.dataplane.run();
        return rig;
    }

    private static long accepted(TunnelRig rig) {
        return rig.dataplane.statistics().interfaceCounts(T).rxPackets();
    }

    @Test
    void shouldLeaveIkeToTheKernel() {
        byte[] ike = new byte[60];
        ike[20] = 7;
        try (TunnelRig rig = received(PLAIN.inUdp(), udp(ike), udp(new byte[4]))) {
            assertThat(rig.dataplane.punts.frames).hasSize(2);
            assertThat(accepted(rig)).isZero();
        }
    }

    @Test
    void shouldTakeKeepalivesSilently() {
        try (TunnelRig rig = received(PLAIN.inUdp(), udp(new byte[] {-1}))) {
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.NAT_KEEPALIVE)).isEqualTo(1);
            assertThat(rig.dataplane.punts.frames).isEmpty();
        }
    }

    @Test
    void shouldDropWhatIsNeither() {
        byte[] tooLong = EspPeer.inUdp(PEER.seal(INNER, 1));
        tooLong[4] = 0x7f;
        byte[] tooShort = EspPeer.inUdp(PEER.seal(INNER, 1));
        tooShort[4] = 0;
        tooShort[5] = 7;
        try (TunnelRig rig = received(
                PLAIN.inUdp(),
                udp(new byte[] {-2}),
                udp(new byte[] {-1, -1}),
                udp(new byte[0]),
                from(TunnelRig.REMOTE4, EspPeer.UDP, tooLong),
                from(TunnelRig.REMOTE4, EspPeer.UDP, tooShort))) {
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.TUNNEL_MALFORMED))
                    .isEqualTo(5);
        }
    }

    /** Behind what the UDP header says there may be padding of a short Ethernet frame's, or anything. */
    @Test
    void shouldGoByTheLengthThatUdpSays() {
        byte[] datagram = EspPeer.inUdp(PEER.seal(INNER, 1));
        byte[] longer = Arrays.copyOf(datagram, datagram.length + 9);
        try (TunnelRig rig = received(PLAIN.inUdp(), from(TunnelRig.REMOTE4, EspPeer.UDP, longer))) {
            assertThat(accepted(rig)).isEqualTo(1);
            assertThat(rig.dataplane.sent(0)).containsExactly(TunnelRig.toHost(TunnelRig.toNear(true, 63, 1)));
        }
    }

    /** A key is of its tunnel, in the form that the tunnel has. */
    @Test
    void shouldTakeEachFormByItsOwnTunnelOnly() {
        byte[] esp = PEER.seal(INNER, 1);
        byte[] otherPort = EspPeer.inUdp(esp);
        otherPort[3] = 1;
        try (TunnelRig rig = received(
                PLAIN.inUdp(),
                from(TunnelRig.REMOTE4, EspPeer.PROTOCOL, esp),
                from(TunnelRig.REMOTE4, EspPeer.UDP, otherPort),
                from(TunnelRig.REMOTE4 + 7, EspPeer.UDP, EspPeer.inUdp(esp)))) {
            assertThat(accepted(rig)).isZero();
            assertThat(rig.dataplane.punts.frames).hasSize(3);
        }
        try (TunnelRig rig = received(PLAIN, udp(esp))) {
            assertThat(accepted(rig)).isZero();
            assertThat(rig.dataplane.punts.frames).hasSize(1);
        }
    }

    /** A translator on the way may have changed it. */
    @Test
    void shouldTakeAnySourcePortAndChecksum() {
        byte[] datagram = EspPeer.inUdp(PEER.seal(INNER, 1));
        datagram[0] ^= 0x55;
        datagram[7] = 99;
        try (TunnelRig rig = received(PLAIN.inUdp(), from(TunnelRig.REMOTE4, EspPeer.UDP, datagram))) {
            assertThat(accepted(rig)).isEqualTo(1);
        }
    }
}
