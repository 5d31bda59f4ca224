package io.vireo.dataplane.encapsulation.substrate;

import static io.vireo.dataplane.encapsulation.substrate.SubstrateFrame.ETHER_TYPE;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.BLUE;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.BLUE_LINK;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.ID;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.OTHER;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.OWN;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.PEER;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.PLAIN;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.RED;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.RED_LINK;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.SHARED;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.VLAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.encapsulation.HostileRounds;
import io.vireo.dataplane.wire.code.DropReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random frames with the ethertype of virtual links, cut off and padded as it comes: what becomes of each is what a slow reading of its
 * bytes says.
 */
class VirtualLinkHostileTest {
    private static final int FRAMES = 10_000;
    private static final int NOBODY = -1;
    private static final int MIN_BYTES = 18;
    private static final String TAKEN = "taken";

    static LongStream seeds() {
        return HostileRounds.seeds(4);
    }

    private static <T> T oneOf(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] frame(Random random) {
        byte[] inner =
                random.nextInt(3) == 0 ? VirtualLinkRig.toNear(64, random.nextInt(40)) : new byte[random.nextInt(60)];
        if (random.nextInt(8) == 0) {
            random.nextBytes(inner);
        }
        SubstrateFrame frame = new SubstrateFrame(
                oneOf(random, List.of(OWN, OWN, OWN, PEER)),
                oneOf(random, List.of(PEER, PEER, OTHER, PEER + 7)),
                oneOf(random, List.of(SubstrateFrame.UNTAGGED, 0, VLAN, 7 << 13 | VLAN, 31)),
                ETHER_TYPE,
                random.nextInt(8) == 0 ? random.nextInt(256) : 0,
                random.nextInt(6) == 0 ? random.nextInt(1 << 24) : ID,
                random.nextInt(6) == 0 ? random.nextInt(1 << 16) : inner.length,
                oneOf(random, List.of(SubstrateFrame.IPV4, SubstrateFrame.IPV4, SubstrateFrame.IPV6, 0x8847)),
                HexFormat.of().formatHex(inner));
        byte[] bytes = frame.bytes();
        int length = random.nextInt(3) == 0 ? random.nextInt(100) : bytes.length;
        return TestFrames.resized(bytes, Math.max(MIN_BYTES, length));
    }

    /** A drop reason with the router it is charged to, and the interface that receives the frame: either may be nobody. */
    private record Outcome(String reason, int router, int link) {
        static Outcome dropped(DropReason reason, int link) {
            return new Outcome(reason.name(), routerOf(link), link);
        }

        static int routerOf(int link) {
            return switch (link) {
                case RED_LINK -> RED;
                case BLUE_LINK, SHARED -> BLUE;
                default -> NOBODY;
            };
        }
    }

    private static Outcome expected(byte[] bytes) {
        boolean isTagged = bytes[12] == (byte) 0x81 && bytes[13] == 0;
        if (bytes.length < (isTagged ? 18 : 14) + 8 + 1) {
            return Outcome.dropped(DropReason.TUNNEL_MALFORMED, NOBODY);
        }
        SubstrateFrame frame = SubstrateFrame.read(bytes);
        if (frame.first() != 0 || frame.length() == 0 || frame.length() > frame.packet().length) {
            return Outcome.dropped(DropReason.TUNNEL_MALFORMED, NOBODY);
        }
        int link = linkOf(frame);
        if (link == NOBODY || frame.id() != ID) {
            return Outcome.dropped(link == NOBODY ? DropReason.SUBSTRATE_SENDER : DropReason.TUNNEL_KEY, NOBODY);
        }
        if (frame.destination() != OWN) {
            return Outcome.dropped(DropReason.WRONG_MAC, link);
        }
        boolean isIp = frame.protocol() == SubstrateFrame.IPV4 || frame.protocol() == SubstrateFrame.IPV6;
        return isIp
                ? new Outcome(TAKEN, Outcome.routerOf(link), link)
                : Outcome.dropped(DropReason.TUNNEL_PAYLOAD, link);
    }

    private static int linkOf(SubstrateFrame frame) {
        int vlan = frame.tag() == SubstrateFrame.UNTAGGED ? 0 : frame.tag() & 0xfff;
        if (vlan == VLAN && frame.source() == OTHER) {
            return BLUE_LINK;
        }
        if (frame.source() != PEER) {
            return NOBODY;
        }
        return switch (vlan) {
            case VLAN -> RED_LINK;
            case 0 -> SHARED;
            default -> NOBODY;
        };
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldDoWithEachFrameWhatASlowReadingSays(long seed) {
        Random random = new Random(seed);
        Map<Outcome, Long> expected = new HashMap<>();
        List<byte[]> frames = new ArrayList<>();
        while (frames.size() < FRAMES) {
            byte[] frame = frame(random);
            frames.add(frame);
            expected.merge(expected(frame), 1L, Long::sum);
        }
        assertThat(expected).hasSize(3 + 3 * 3);
        try (VirtualLinkRig rig = new VirtualLinkRig(List.of(), frames)) {
            rig.run();
            for (Outcome outcome : expected.keySet()) {
                if (!outcome.reason().equals(TAKEN)) {
                    assertThat(rig.dataplane.drops(outcome.router(), DropReason.valueOf(outcome.reason())))
                            .as("%s", outcome)
                            .isEqualTo(sum(
                                    expected,
                                    each -> each.reason().equals(outcome.reason())
                                            && each.router() == outcome.router()));
                }
            }
            for (int link : new int[] {RED_LINK, BLUE_LINK, SHARED}) {
                assertThat(rig.received(link)).isEqualTo(sum(expected, each -> each.link() == link));
            }
            assertThat(rig.received(PLAIN)).isZero();
        }
    }

    private static long sum(Map<Outcome, Long> counts, Predicate<Outcome> which) {
        return counts.keySet().stream()
                .filter(which)
                .mapToLong(outcome -> counts.getOrDefault(outcome, 0L))
                .sum();
    }
}
