package io.vireo.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.forward.tunnel.InternetChecksum;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FlowFramesTest {
    private static final Flow FLOW4 = Flow.own(999, 0, AddressFamily.IPV4);
    private static final Flow FLOW6 = Flow.own(999, 0, AddressFamily.IPV6);

    private static byte[] tagged(Flow flow, int vlan, int bytes) {
        return FlowFrames.tagged(FlowFrames.packet(flow, bytes - FlowFrames.TAGGED_HEADER_BYTES), vlan);
    }

    private static int headerSum(byte[] frame, int start) {
        return InternetChecksum.sum(ByteBuffer.wrap(frame), start, FlowFrames.IPV4_HEADER_BYTES);
    }

    @Test
    void shouldTagAFrameAndSendItToItsFlow() {
        ByteBuffer frame = ByteBuffer.wrap(tagged(FLOW4, 7, 60));
        assertThat(frame.capacity()).isEqualTo(60);
        assertThat(frame.getShort(12)).isEqualTo((short) 0x8100);
        assertThat(frame.getShort(14)).isEqualTo((short) 7);
        assertThat(frame.getShort(16)).isEqualTo((short) 0x0800);
        assertThat(frame.getInt(18 + 16)).isEqualTo(10 << 24 | 3 << 16 | 231 << 8 | 1); // 10.3.231.1
    }

    @Test
    void shouldHaveAHeaderChecksumThatSumsToAllOnes() {
        for (int bytes : new int[] {60, 124, 1514}) {
            assertThat(headerSum(tagged(FLOW4, 1, bytes), 18)).isEqualTo(0xffff);
            assertThat(headerSum(FlowFrames.untagged(FLOW4, bytes), 14)).isEqualTo(0xffff);
        }
    }

    @Test
    void shouldChangeTheHopLimitAlone() {
        byte[] packet4 = FlowFrames.packet(FLOW4, 42);
        byte[] forwarded4 = FlowFrames.forwarded(packet4);
        assertThat(headerSum(forwarded4, 0)).isEqualTo(0xffff);
        ByteBuffer restored = ByteBuffer.wrap(forwarded4).put(8, (byte) 64);
        restored.putShort(10, ByteBuffer.wrap(packet4).getShort(10));
        assertThat(restored.array()).isEqualTo(packet4);

        byte[] forwarded6 = FlowFrames.forwarded(FlowFrames.packet(FLOW6, 42));
        assertThat(ByteBuffer.wrap(forwarded6).put(7, (byte) 64).array()).isEqualTo(FlowFrames.packet(FLOW6, 42));
    }

    @Test
    void shouldFillTheFrameWithThePacket() {
        assertThat(ByteBuffer.wrap(tagged(FLOW4, 1, 60)).getShort(18 + 2)).isEqualTo((short) 42);
        assertThat(ByteBuffer.wrap(FlowFrames.untagged(FLOW4, 124)).getShort(14 + 2))
                .isEqualTo((short) 110);
        assertThat(ByteBuffer.wrap(tagged(FLOW6, 1, 60)).getShort(18 + 4)).isEqualTo((short) 2);
        assertThat(ByteBuffer.wrap(FlowFrames.untagged(FLOW6, 60)).getShort(14 + 4))
                .isEqualTo((short) 6);
    }

    @Test
    void shouldSendIpv6ToItsFlow() {
        ByteBuffer frame = ByteBuffer.wrap(FlowFrames.untagged(FLOW6, 60));
        assertThat(frame.getLong(14 + 24)).isEqualTo(0x2001_0000_03e7_0000L); // 2001:0:3e7::1
        assertThat(frame.getLong(14 + 32)).isEqualTo(1);
        TrafficProfile few = TrafficProfile.few(AddressFamily.IPV6, FrameSizes.of(64));
        assertThat(Peers.rules(AddressFamily.IPV6, few))
                .hasSize(TrafficProfile.FLOWS)
                .contains("R2001:0:f::/48 0");
        assertThat(Peers.rules(AddressFamily.IPV4, few))
                .hasSize(TrafficProfile.FLOWS)
                .contains("R10.0.15.0/24 0");
    }

    @Test
    void shouldMixFrameLengths() {
        FrameSizes imix = FrameSizes.imix();
        assertThat(imix.meanBytes()).isEqualTo(354); // (7*64 + 4*570 + 1518) / 12
        assertThat(imix.withoutFcs(0)).isEqualTo(60);
        assertThat(imix.withoutFcs(11)).isEqualTo(1514);
        assertThat(imix.withoutFcs(12)).isEqualTo(60);
    }
}
