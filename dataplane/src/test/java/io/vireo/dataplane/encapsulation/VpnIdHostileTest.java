package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.VpnRig.B0;
import static io.vireo.dataplane.encapsulation.VpnRig.BLUE_ID;
import static io.vireo.dataplane.encapsulation.VpnRig.PLAIN;
import static io.vireo.dataplane.encapsulation.VpnRig.R0;
import static io.vireo.dataplane.encapsulation.VpnRig.RED_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.DropReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random options on a wire that two VPNs share: each packet is received by the router of the VPN that a slow reading of its bytes finds,
 * and nothing of one VPN leaves by another's interface.
 */
class VpnIdHostileTest {
    private static final int FRAMES = 10_000;
    private static final int UNKNOWN_ROUTER = -1;

    static Stream<Arguments> seeds() {
        return HostileRounds.seeds(3)
                .boxed()
                .flatMap(seed -> Stream.of(true, false).map(hasPlain -> Arguments.of(seed, hasPlain)));
    }

    private static int receiver(byte[] options, boolean hasPlain) {
        List<Integer> ids = VnsHostileTest.ids(options);
        int other = hasPlain ? PLAIN : UNKNOWN_ROUTER;
        if (ids.size() != 1) {
            return other;
        }
        return switch (ids.getFirst()) {
            case RED_ID -> R0;
            case BLUE_ID -> B0;
            default -> other;
        };
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldGiveEachPacketToTheVpnThatItSays(long seed, boolean hasPlain) {
        Random random = new Random(seed);
        Map<Integer, Long> expected = new HashMap<>();
        List<byte[]> frames = new ArrayList<>();
        while (frames.size() < FRAMES) {
            byte[] options = VnsHostileTest.options(random, random.nextBoolean());
            int to = random.nextBoolean() ? VpnRig.FAR_RIGHT : VpnRig.FAR_LEFT;
            byte[] packet = VpnRig.packet(options, to, random.nextInt(3) + 1, random.nextInt(1_480));
            frames.add(TestFrames.ethernet(VpnRig.mac(R0), VpnRig.HOST, 0x0800, packet));
            expected.merge(receiver(options, hasPlain), 1L, Long::sum);
        }
        try (VpnRig rig = new VpnRig(frames, List.of())) {
            if (hasPlain) {
                rig.addPlain();
            }
            rig.run();

            Map<Integer, Long> received = new HashMap<>();
            received.put(R0, rig.received(R0));
            received.put(B0, rig.received(B0));
            if (hasPlain) {
                received.put(PLAIN, rig.received(PLAIN));
            } else {
                received.put(UNKNOWN_ROUTER, rig.dataplane.drops(UNKNOWN_ROUTER, DropReason.VPN_ID_UNKNOWN));
            }
            assertThat(received).containsExactlyInAnyOrderEntriesOf(expected);
            assertThat(rig.dataplane.buffersInUse()).isZero();
            assertNothingOfAnother(rig.dataplane.sent(0), 14);
            assertNothingOfAnother(rig.dataplane.sent(1), 18);
        }
    }

    /** By the sender's MAC, which is the interface's. */
    private static void assertNothingOfAnother(List<byte[]> sent, int headerBytes) {
        assertThat(sent).isNotEmpty().allSatisfy(frame -> {
            byte[] options = Arrays.copyOfRange(frame, headerBytes + 20, headerBytes + (frame[headerBytes] & 0xf) * 4);
            List<Integer> ids = VnsHostileTest.ids(options);
            switch (frame[11]) {
                case R0, VpnRig.R1 -> assertThat(ids).containsExactly(RED_ID);
                case B0, VpnRig.B1 -> assertThat(ids).containsExactly(BLUE_ID);
                default -> assertThat(ids).isEmpty();
            }
            byte[] right = Arrays.copyOfRange(frame, headerBytes, frame.length);
            TestFrames.fixChecksum(right);
            assertThat(Arrays.copyOfRange(frame, headerBytes, frame.length)).isEqualTo(right);
        });
    }
}
