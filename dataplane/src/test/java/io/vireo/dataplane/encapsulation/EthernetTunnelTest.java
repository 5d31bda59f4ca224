package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.FAR_MAC;
import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.TUNNEL_MAC;
import static io.vireo.dataplane.encapsulation.TunnelRig.U;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.TunnelModes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an interface has whose tunnel carries Ethernet frames, beyond what all tunnels have: neighbours, as on a port. */
class EthernetTunnelTest {
    private static final int OWN4 = 0x0a09_0001;
    private static final int FAR4 = 0x0a09_0002;
    private static final long LINK_LOCAL = 0xfe80_0000_0000_0000L;
    private static final long BROADCAST = 0xffff_ffff_ffffL;

    static Stream<TunnelKind> kinds() {
        return Stream.of(TunnelKind.VXLAN, TunnelKind.GRE_ETHERNET_WITH_ALL);
    }

    /** A frame as the far end sends it, whatever is in it. */
    private static byte[] around(TunnelKind kind, byte[] frame, int number) {
        byte[] packet = Arrays.copyOfRange(frame, 14, frame.length);
        byte[] header = kind.header(packet, number);
        System.arraycopy(frame, 0, header, header.length - 14, 14);
        if (kind.encapsulation() == TunnelKind.GRE_ETHERNET.encapsulation()) {
            ByteBuffer.wrap(header).putShort(4, (short) 0);
            ByteBuffer.wrap(header).putShort(4, GrePacket.checksum(header, packet));
        }
        return TunnelRig.fromGateway(OuterPacket.ipv4(
                kind.protocol(packet), header, packet, TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, number));
    }

    /** Of an outer packet without the gateway's header, whose tunnel header has this length: the frame inside. */
    private static byte[] inside(TunnelKind kind, byte[] sent) {
        int headerBytes = kind.header(TunnelRig.toFar(true, 64, 0), 0).length - 14;
        return Arrays.copyOfRange(sent, 18 + 20 + headerBytes, sent.length);
    }

    private static TunnelRig received(TunnelKind kind, byte[]... frames) {
        List<byte[]> wrapped = IntStream.range(0, frames.length)
                .mapToObj(n -> around(kind, frames[n], n + 1))
                .toList();
        TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, List.of(), wrapped);
        rig.routeUnderlay(U);
        address(rig, AddressFamily.IPV4, 0, OWN4);
        address(rig, AddressFamily.IPV6, LINK_LOCAL, 1);
        rig.dataplane.settle();
        rig.dataplane.run();
        return rig;
    }

    private static void address(TunnelRig rig, AddressFamily family, long high, long low) {
        rig.dataplane.proxy.tables().addInterfaceAddress(30, T, family, high, low, AddressUse.SOURCE);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldTakeItsOwnFramesAndGroupsOnly(TunnelKind kind) {
        byte[] packet = TunnelRig.toNear(true, 64, 1);
        try (TunnelRig rig = received(
                kind,
                TestFrames.ethernet(FAR_MAC + 7, FAR_MAC, 0x0800, packet),
                TestFrames.ethernet(BROADCAST, FAR_MAC, 0x0800, packet),
                TestFrames.ethernet(TUNNEL_MAC, FAR_MAC, 0x0800, packet))) {
            assertThat(rig.dataplane.drops(INNER, DropReason.WRONG_MAC)).isEqualTo(1);
            assertThat(rig.dataplane.drops(INNER, DropReason.LINK_BROADCAST_UNICAST))
                    .isEqualTo(1);
            assertThat(rig.dataplane.sent(0)).containsExactly(TunnelRig.toHost(TunnelRig.toNear(true, 63, 1)));
            assertThat(rig.dataplane.statistics().interfaceCounts(T).rxPackets())
                    .isEqualTo(3);
        }
    }

    /** RFC 7348 §6.1. */
    @ParameterizedTest
    @MethodSource("kinds")
    void shouldDropTags(TunnelKind kind) {
        byte[] packet = TunnelRig.toNear(true, 64, 1);
        try (TunnelRig rig = received(
                kind,
                TestFrames.tagged(TUNNEL_MAC, FAR_MAC, 5, 0x0800, packet),
                TestFrames.tagged(TUNNEL_MAC, FAR_MAC, 0, 0x0800, packet))) {
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.TUNNEL_PAYLOAD)).isEqualTo(2);
        }
    }

    private static byte[] arp(int operation, long sender, int senderAddress, long target, int targetAddress) {
        return ByteBuffer.allocate(28)
                .putLong(0x0001_0800_0604_0000L | operation)
                .putShort((short) (sender >>> 32))
                .putInt((int) sender)
                .putInt(senderAddress)
                .putShort((short) (target >>> 32))
                .putInt((int) target)
                .putInt(targetAddress)
                .array();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldAnswerArpThroughTheTunnel(TunnelKind kind) {
        byte[] request = TestFrames.ethernet(BROADCAST, FAR_MAC, 0x0806, arp(1, FAR_MAC, FAR4, 0, OWN4));
        try (TunnelRig rig = received(kind, request)) {
            byte[] reply = TestFrames.ethernet(FAR_MAC, TUNNEL_MAC, 0x0806, arp(2, TUNNEL_MAC, OWN4, FAR_MAC, FAR4));
            assertThat(rig.dataplane.sent(1))
                    .singleElement()
                    .satisfies(sent -> assertThat(inside(kind, sent)).isEqualTo(reply))
                    .satisfies(sent -> assertThat(sent[19]).as("TOS").isZero());
            assertThat(rig.dataplane.statistics().answers(INNER)[AnswerKind.ARP.code()])
                    .isEqualTo(1);
            assertThat(rig.dataplane.punts.frames).containsExactly(request); // the kernel learns who asks
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldAnswerSolicitationsThroughTheTunnel(TunnelKind kind) {
        byte[] packet = TestFrames.ipv6(LINK_LOCAL, 2, 0xff02_0000_0000_0000L, 0x1_ff00_0001L, 58, 255, 32);
        ByteBuffer.wrap(packet)
                .putInt(40, 135 << 24)
                .putLong(48, LINK_LOCAL)
                .putLong(56, 1)
                .putShort(64, (short) 0x0101)
                .putShort(66, (short) (FAR_MAC >>> 32))
                .putInt(68, (int) FAR_MAC);
        fixIcmpV6Checksum(packet);
        try (TunnelRig rig = received(kind, TestFrames.ethernet(0x3333_ff00_0001L, FAR_MAC, 0x86dd, packet))) {
            assertThat(rig.dataplane.statistics().answers(INNER)[AnswerKind.NEIGHBOUR.code()])
                    .isEqualTo(1);
            assertThat(rig.dataplane.sent(1)).singleElement().satisfies(sent -> {
                ByteBuffer frame = ByteBuffer.wrap(inside(kind, sent));
                assertThat(frame.getLong(0) >>> 16).isEqualTo(FAR_MAC);
                assertThat(frame.get(14 + 40) & 0xff).as("advertisement").isEqualTo(136);
            });
        }
    }

    /** RFC 8200 §8.1: over addresses, length and next header, too. */
    private static void fixIcmpV6Checksum(byte[] packet) {
        ByteBuffer.wrap(packet).putShort(42, (short) 0);
        byte[] pseudoHeader = ByteBuffer.allocate(40)
                .put(packet, 8, 32)
                .putInt(packet.length - 40)
                .putInt(58)
                .array();
        byte[] message = Arrays.copyOfRange(packet, 40, packet.length);
        ByteBuffer.wrap(packet).putShort(42, GrePacket.checksum(pseudoHeader, message));
    }

    /** Nobody's MAC address is known: the kernel resolves it, whose request goes out as it is. */
    @ParameterizedTest
    @MethodSource("kinds")
    void shouldHaveTheKernelResolveNeighbours(TunnelKind kind) {
        byte[] packet = TunnelRig.toFar(true, 64, 0);
        byte[] request = TestFrames.ethernet(BROADCAST, TUNNEL_MAC, 0x0806, arp(1, TUNNEL_MAC, OWN4, 0, FAR4));
        byte[] tagged = TestFrames.tagged(FAR_MAC, TUNNEL_MAC, 5, 0x0800, packet);
        try (TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, List.of(TunnelRig.fromHost(packet)), List.of())) {
            rig.routeUnderlay(U);
            rig.dataplane.proxy.tables().removeNeighbour(20, T, AddressFamily.IPV4, 0, FAR4);
            rig.dataplane.settle();
            inject(rig, request);
            inject(rig, tagged);
            rig.dataplane.run();

            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.GATEWAY_UNKNOWN.code());
            assertThat(rig.dataplane.sent(1))
                    .singleElement()
                    .satisfies(sent -> assertThat(inside(kind, sent)).isEqualTo(request));
            assertThat(rig.dataplane.drops(INNER, DropReason.INJECT_INVALID)).isEqualTo(1);
        }
    }

    private static void inject(TunnelRig rig, byte[] frame) {
        rig.dataplane.injectWriter(0).inject(T, new UnsafeBuffer(frame), 0, frame.length);
    }

    /** The hop limit of what is no IP packet, and of neighbour discovery, is no tunnel's business. */
    @ParameterizedTest
    @MethodSource("kinds")
    void shouldLeaveHopLimitsOfTheLinkAlone(TunnelKind kind) {
        byte[] discovery = TestFrames.ipv6(LINK_LOCAL, 2, LINK_LOCAL, 1, 58, 255, 24);
        byte[] other = TestFrames.ipv6(LINK_LOCAL, 2, LINK_LOCAL, 1, 58, 254, 24);
        byte[] arp = TestFrames.ethernet(BROADCAST, TUNNEL_MAC, 0x0806, arp(1, TUNNEL_MAC, OWN4, 0, FAR4));
        List<byte[]> frames = new ArrayList<>();
        for (byte[] packet : List.of(discovery, other)) {
            frames.add(around(kind, TestFrames.ethernet(TUNNEL_MAC, FAR_MAC, 0x86dd, packet), frames.size() + 1));
        }
        try (TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, List.of(), frames)) {
            rig.routeUnderlay(U);
            var spec = rig.spec(T, INNER, UNDERLAY, 1, 2).tunnelModes(TunnelModes.UNIFORM_TTL);
            rig.dataplane.proxy.topology().addInterface(20, spec);
            rig.dataplane.settle();
            inject(rig, arp);
            rig.dataplane.run();

            assertThat(rig.dataplane.punts.frames.stream().map(frame -> frame[14 + 7] & 0xff))
                    .containsExactly(255, 64);
            assertThat(rig.dataplane.sent(1))
                    .singleElement()
                    .satisfies(sent -> assertThat(sent[18 + 8]).as("TTL").isEqualTo((byte) 64));
        }
    }

    /** Between the same addresses, tunnels of other VNIs or ports are others. */
    @Test
    void shouldDistinguishTunnelsBetweenTheSameEnds() {
        byte[] inner = TunnelRig.toNear(true, 64, 1);
        byte[] ethernet = VxlanPacket.ethernet(inner, false);
        List<byte[]> frames = new ArrayList<>();
        for (int port : new int[] {VxlanPacket.PORT, 8472}) {
            for (int vni : new int[] {0xfedcba, 0, 5}) {
                byte[] header = VxlanPacket.header(vni, ethernet.length + inner.length);
                ByteBuffer.wrap(header).putShort(2, (short) port);
                byte[] packet = OuterPacket.ipv4(
                        VxlanPacket.PROTOCOL,
                        GrePacket.with(header, ethernet),
                        inner,
                        TunnelRig.REMOTE4,
                        TunnelRig.LOCAL4,
                        64,
                        1);
                frames.add(TunnelRig.fromGateway(packet));
            }
        }
        try (TunnelRig rig = new TunnelRig(TunnelKind.VXLAN, AddressFamily.IPV4, List.of(), frames)) {
            add(rig, T + 1, VxlanPacket.PORT, 0);
            add(rig, T + 2, 8472, 0xfedcba);
            rig.dataplane.settle();
            add(rig, T + 3, 8472, 0xfedcba);
            rig.dataplane.conduct();
            rig.dataplane.run();

            assertThat(rig.dataplane.events.refusals)
                    .containsExactly("IN_USE tunnelKey: interface " + (T + 2)
                            + " is a tunnel with this key between these addresses");
            for (int id = T; id < T + 3; id++) {
                assertThat(rig.dataplane.statistics().interfaceCounts(id).rxPackets())
                        .isEqualTo(1);
            }
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.TUNNEL_KEY)).isEqualTo(3);
        }
    }

    private static void add(TunnelRig rig, int id, int port, int vni) {
        var spec = TestInterfaces.vxlan(rig.spec(id, INNER, UNDERLAY, 1, 2), port, vni);
        rig.dataplane.proxy.topology().addInterface(id, spec.mac(TUNNEL_MAC));
    }

    /** What is for no tunnel's port goes to the kernel, also while there are tunnels, and again once they are gone. */
    @Test
    void shouldLeaveOtherDatagramsToTheKernel() {
        byte[] datagram = TestFrames.ipv4(TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 30);
        try (TunnelRig rig = new TunnelRig(
                TunnelKind.VXLAN, AddressFamily.IPV4, List.of(), List.of(TunnelRig.fromGateway(datagram)))) {
            rig.dataplane.run();

            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code());
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.TUNNEL_KEY)).isZero();
        }
    }
}
