package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.PuntReason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets with the VPN-ID in an option on their way through a router: as quickly as without, and with the option. */
class VpnIdTransitTest {
    private static final int FROM = 0x0a000102;
    private static final int TO = 0x0a320002; // 10.50.0.2
    private static final int WIRE = TunnelRig.T + 1;
    private static final byte[] SEVEN = {(byte) 136, 4, 0, 7};

    private static byte[] frame(byte[] options, int ttl, int payloadBytes) {
        return TestFrames.ethernet(
                TunnelRig.MAC_A, TunnelRig.HOST, 0x0800, TestFrames.ipv4(options, FROM, TO, ttl, payloadBytes));
    }

    /** From port 0 to VLAN 30 of port 1. */
    private static TunnelRig sent(byte[] frame) {
        TunnelRig rig = new TunnelRig(AddressFamily.IPV4, List.of(frame), List.of());
        rig.dataplane
                .proxy
                .topology()
                .addInterface(20, TestInterfaces.access(WIRE, INNER, 1, 30, TunnelRig.MAC_U, 1500, "w"));
        rig.route4(INNER, TO & 0xffffff00, 24, WIRE, TO);
        rig.neighbours(WIRE, TO, 3, TunnelRig.GATEWAY);
        rig.dataplane.settle();
        rig.dataplane.run();
        return rig;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldForwardAVpnIdAndKeepIt(int option) {
        byte[] options = VnsPacket.options(option, 0x12345, 9);
        try (TunnelRig rig = sent(frame(options, 64, 8))) {
            assertThat(rig.dataplane.punts.frames).isEmpty();
            assertThat(rig.dataplane.sent(1))
                    .singleElement()
                    .satisfies(frame -> assertThat(Arrays.copyOfRange(frame, 18, frame.length))
                            .isEqualTo(TestFrames.ipv4(options, FROM, TO, 63, 8)));
        }
    }

    static Stream<byte[]> otherOptions() {
        return Stream.of(
                new byte[] {(byte) 0x94, 4, 0, 0},
                new byte[] {(byte) 0x94, 4, 0, 0, (byte) 136, 4, 0, 7},
                new byte[] {(byte) 136, 4, 0, 7, (byte) 136, 4, 0, 7},
                new byte[] {(byte) 158, 12, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0},
                new byte[] {(byte) 136, 0, 0, 7});
    }

    @ParameterizedTest
    @MethodSource("otherOptions")
    void shouldPuntWhatElseIsInTheOptions(byte[] options) {
        byte[] frame = frame(options, 64, 8);
        try (TunnelRig rig = sent(frame)) {
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.OPTIONS.code());
            assertThat(rig.dataplane.punts.frames).containsExactly(frame);
        }
    }

    /** Errors and fragments of packets with options are the kernel's: it knows what of the options goes into them. */
    @Test
    void shouldLeaveToTheKernelWhatCannotBeForwarded() {
        byte[] expired = frame(SEVEN, 1, 8);
        byte[] big = frame(SEVEN, 64, 1480);
        byte[] fragmentable = big.clone();
        fragmentable[14 + 6] = 0;
        byte[] packet = Arrays.copyOfRange(fragmentable, 14, fragmentable.length);
        TestFrames.fixChecksum(packet);
        System.arraycopy(packet, 0, fragmentable, 14, packet.length);
        for (byte[] frame : List.of(expired, big, fragmentable)) {
            try (TunnelRig rig = sent(frame)) {
                assertThat(rig.dataplane.punts.reasons)
                        .containsExactly(
                                Arrays.equals(frame, expired)
                                        ? PuntReason.TTL_EXPIRED.code()
                                        : PuntReason.TOO_BIG.code());
                assertThat(rig.dataplane.punts.frames).containsExactly(frame);
            }
        }
    }
}
