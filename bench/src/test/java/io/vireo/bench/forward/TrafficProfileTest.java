package io.vireo.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficProfileTest {
    private static final FrameSizes LEAST = FrameSizes.of(64);
    private static final int DESTINATION = 14 + 16;

    @Test
    void shouldOfferEachDestinationOnce() {
        TrafficProfile few = TrafficProfile.few(AddressFamily.IPV4, LEAST);
        assertThat(few.framesOf(0).stream().map(TrafficProfileTest::destination).distinct())
                .hasSize(TrafficProfile.FLOWS);
        assertThat(few.framesOf(0)).hasSize(TrafficProfile.FLOWS);
        assertThat(few.suffix()).isEmpty();
    }

    @Test
    void shouldHaveAsManyFramesAndPortsAsAWorkload() {
        TrafficProfile like = TrafficProfile.like(Workload.small("x", 10_000, 10_000, AddressFamily.IPV4), LEAST);
        assertThat(like).isEqualTo(new TrafficProfile(AddressFamily.IPV4, LEAST, 10_000, 5));
        assertThat(like.suffix()).isEqualTo(", 10,000 frames on 5 ports");
        for (int port = 0; port < 5; port++) {
            assertThat(like.framesOf(port)).hasSize(2000);
        }
    }

    @Test
    void shouldSendAFrameToADestinationOfItsOwnPort() {
        TrafficProfile offer = new TrafficProfile(AddressFamily.IPV4, FrameSizes.imix(), 1000, 3);
        for (int port = 0; port < 3; port++) {
            for (byte[] frame : offer.framesOf(port)) {
                assertThat(offer.portOf(destination(frame) >> 8 & 0xffff)).isEqualTo(port);
            }
        }
    }

    @Test
    void shouldSendEveryDestinationsPacketsByItsPort() {
        TrafficProfile offer = new TrafficProfile(AddressFamily.IPV4, LEAST, 1000, 5);
        List<String> rules = Peers.rules(AddressFamily.IPV4, offer);
        assertThat(rules).hasSize(TrafficProfile.FLOWS).contains("R10.0.7.0/24 2", "R10.0.14.0/24 4");
    }

    private static int destination(byte[] frame) {
        return ByteBuffer.wrap(frame).getInt(DESTINATION);
    }
}
