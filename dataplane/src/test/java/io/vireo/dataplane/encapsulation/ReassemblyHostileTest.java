package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.counters.SystemCounter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random fragments of many packets at once: in any order, cut anywhere, missing, twice, overlapping, of other lengths, with other
 * marks. What becomes of each is what a slow reading says.
 */
class ReassemblyHostileTest {
    private static final int FRAMES = 20_000;
    private static final int UNDER_WAY = 50;
    private static final List<DropReason> REASONS =
            List.of(DropReason.FRAGMENT_INCOMPLETE, DropReason.FRAGMENT_INVALID, DropReason.FRAME_TOO_LONG);

    static Stream<Arguments> seedsAndFamilies() {
        return HostileRounds.seeds(1)
                .boxed()
                .flatMap(seed -> Stream.of(AddressFamily.values()).map(family -> Arguments.of(family, seed)));
    }

    /** A packet to the host, whose payload is random: what follows its first 40 bytes may be anything. */
    private static byte[] inner(Random random) {
        byte[] packet = TestFrames.ipv4(TunnelRig.FAR4, TunnelRig.NEAR4, 64, 20 + random.nextInt(1_440));
        for (int n = 40; n < packet.length; n++) {
            packet[n] = (byte) random.nextInt();
        }
        return TunnelRig.withEcn(packet, 1);
    }

    private static byte[] outer(AddressFamily family, byte[] inner) {
        return family == AddressFamily.IPV4
                ? OuterPacket.ipv4(inner, TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 0)
                : OuterPacket.ipv6(inner, TunnelRig.UNDERLAY6, 2, TunnelRig.UNDERLAY6, 1, 64);
    }

    private static Deque<byte[]> fragments(Random random, AddressFamily family) {
        byte[] packet = outer(family, inner(random));
        int id = random.nextInt(120);
        int payload = packet.length - OuterFragments.headerBytes(packet);
        int chunk = 8 * (1 + random.nextInt(1 + random.nextInt(payload / 8)));
        List<byte[]> fragments = new ArrayList<>(OuterFragments.cut(packet, chunk, id));
        for (int strange = random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0; strange > 0; strange--) {
            fragments.add(strange(random, packet, payload, fragments, id));
        }
        if (random.nextInt(3) == 0) {
            Collections.shuffle(fragments, random);
        }
        if (random.nextInt(8) == 0) {
            fragments.remove(random.nextInt(fragments.size()));
        }
        return new ArrayDeque<>(fragments);
    }

    private static byte[] strange(Random random, byte[] packet, int payload, List<byte[]> fragments, int id) {
        int from = 8 * random.nextInt(payload / 8);
        int to = Math.min(payload, from + 8 * (1 + random.nextInt(20)));
        byte[] part = Arrays.copyOfRange(packet, packet.length - payload + from, packet.length - payload + to);
        return switch (random.nextInt(7)) {
            case 0 -> fragments.get(random.nextInt(fragments.size()));
            case 1 -> OuterFragments.piece(packet, from, to, id);
            case 2 -> {
                part[part.length - 1] ^= (byte) (from < 40 ? 0 : 1);
                yield OuterFragments.fragment(packet, from, part, to < payload, id);
            }
            case 3 -> OuterFragments.fragment(packet, from, part, random.nextBoolean(), id);
            case 4 -> OuterFragments.fragment(packet, 8 * random.nextInt(8_192), part, random.nextBoolean(), id);
            case 5 ->
                OuterFragments.fragment(packet, from, Arrays.copyOf(part, random.nextInt(part.length + 1)), true, id);
            default -> TunnelRig.withEcn(fragments.get(random.nextInt(fragments.size())), random.nextInt(4));
        };
    }

    private static List<byte[]> packets(Random random, AddressFamily family) {
        List<Deque<byte[]>> underWay = new ArrayList<>();
        List<byte[]> packets = new ArrayList<>();
        while (packets.size() < FRAMES) {
            while (underWay.size() < UNDER_WAY) {
                underWay.add(fragments(random, family));
            }
            int next = Math.min(random.nextInt(UNDER_WAY), random.nextInt(UNDER_WAY));
            if (!underWay.get(next).isEmpty()) {
                packets.add(underWay.get(next).removeFirst());
            } else {
                underWay.remove(next);
            }
        }
        return packets;
    }

    @ParameterizedTest
    @MethodSource("seedsAndFamilies")
    void shouldDoWithEachFragmentWhatASlowReadingSays(AddressFamily family, long seed) {
        List<byte[]> packets = packets(new Random(seed), family);
        ReassemblyOracle oracle = new ReassemblyOracle();
        List<byte[]> expected = new ArrayList<>();
        for (byte[] packet : packets) {
            byte[] whole = isFragment(packet) ? oracle.take(packet) : wholeAlready(packet);
            if (whole != null && isSound(inner(whole))) {
                expected.add(TunnelRig.toHost(received(whole)));
            }
        }
        List<byte[]> frames = packets.stream().map(TunnelRig::fromGateway).toList();
        try (TunnelRig rig = new TunnelRig(family, List.of(), frames)) {
            rig.dataplane.run();
            assertThat(drops(rig)).isEqualTo(oracle.drops);
            assertThat(rig.dataplane
                            .memory
                            .systemCounters()
                            .get(SystemCounter.REASSEMBLIES)
                            .get())
                    .isEqualTo(oracle.held())
                    .isPositive();

            rig.dataplane.advance(1_000_000_000);
            rig.dataplane.run();
            oracle.expire();
            assertThat(drops(rig)).isEqualTo(oracle.drops).containsOnlyKeys(REASONS);
            assertThat(rig.dataplane
                            .memory
                            .systemCounters()
                            .get(SystemCounter.REASSEMBLIES)
                            .get())
                    .isZero();
            assertThat(rig.dataplane.buffersInUse()).isZero();
            assertThat(rig.dataplane.punts.frames).isEmpty();
            List<byte[]> sent = rig.dataplane.sent(0);
            assertThat(sent.size()).isEqualTo(expected.size()).isGreaterThan(FRAMES / 100);
            for (int n = 0; n < sent.size(); n++) {
                assertThat(sent.get(n)).as("packet %d", n).isEqualTo(expected.get(n));
            }
        }
    }

    private static boolean isFragment(byte[] packet) {
        return packet[0] >> 4 == 4 ? (packet[6] & 0x3f) != 0 || packet[7] != 0 : packet[43] != 0 || packet[42] != 0;
    }

    /** IPv4 as it is; IPv6 without the fragment header of an atomic fragment (RFC 6946). */
    private static byte[] wholeAlready(byte[] packet) {
        if (packet[0] >> 4 == 4) {
            return packet;
        }
        byte[] whole = new byte[packet.length - 8];
        System.arraycopy(packet, 0, whole, 0, 40);
        System.arraycopy(packet, 48, whole, 40, whole.length - 40);
        return whole;
    }

    private static byte[] inner(byte[] whole) {
        return Arrays.copyOfRange(whole, OuterFragments.headerBytes(whole), whole.length);
    }

    /** Whether a packet is as long as it says, and has its header: strange fragments may have made another of it. */
    private static boolean isSound(byte[] packet) {
        byte[] checked = packet.clone();
        if (packet.length < 40) {
            return false;
        }
        TestFrames.fixChecksum(checked);
        return Arrays.equals(packet, checked) && totalLength(packet) <= packet.length;
    }

    private static int totalLength(byte[] packet) {
        return (packet[2] & 0xff) << 8 | (packet[3] & 0xff);
    }

    /** What leaves of a whole packet: the one inside, marked as it is, with a hop less to go. */
    private static byte[] received(byte[] whole) {
        byte[] inner = Arrays.copyOf(inner(whole), totalLength(inner(whole)));
        int mark = whole[0] >> 4 == 4 ? whole[1] & 3 : whole[1] >> 4 & 3;
        inner[8]--;
        return TunnelRig.withEcn(inner, mark == 3 ? 3 : inner[1] & 3);
    }

    private static Map<DropReason, Long> drops(TunnelRig rig) {
        Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            long count = rig.dataplane.drops(UNDERLAY, reason);
            if (count > 0) {
                drops.put(reason, count);
            }
        }
        return drops;
    }
}
