package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random label tables and random stacks, right ones and hostile ones, held against the slow way. */
class LabelOracleTest {
    private static final int TABLE = 40;

    /** Above it a label that a wrong end of the stack makes the first bytes of a packet looks like IP. */
    private static final int MAX_LABEL = 0x3ffff;

    private static final int[] INTERESTING = {0, 1, 2, 3, 4, 7, 7, 13, 14, 15, 16};

    private final LabelOracle oracle = new LabelOracle();
    private final Random random;
    private final List<Integer> known = new ArrayList<>();

    LabelOracleTest() {
        random = new Random(1);
    }

    private LabelSpec spec(int label) {
        LabelSpec spec = new LabelSpec().of(LabelRig.ROUTER, label).uniform(random.nextBoolean());
        switch (random.nextInt(4)) {
            case 0 -> spec.local(random.nextBoolean() ? LabelRig.VPN : LabelSpec.NO_INTERFACE);
            case 1 -> {} // taken off for the next hop
            default -> {
                for (int n = 1 + random.nextInt(LabelSpec.MAX_OUT); n > 0; n--) {
                    spec.push(random.nextInt(5) == 0 ? 0 : 16 + random.nextInt(MAX_LABEL));
                }
            }
        }
        return spec;
    }

    private void fill(LabelRig rig) {
        for (int n = 0; n < TABLE; n++) {
            int label = known.get(n);
            LabelSpec spec = spec(label);
            int neighbour = 1 + random.nextInt(2);
            oracle.add(spec, neighbour);
            rig.dataplane.proxy.labels().addLabel(9, spec, spec.isLocal() ? NextHops.NONE : LabelRig.via(neighbour));
            rig.dataplane.conduct();
        }
        rig.dataplane.settle();
    }

    private byte[] content(int number) {
        byte[] stack = new byte[0];
        int depth = 1 + (random.nextInt(20) == 0 ? random.nextInt(24) : random.nextInt(4));
        for (int n = 0; n < depth; n++) {
            boolean isBottom = random.nextInt(10) == 0 ? random.nextBoolean() : n == depth - 1;
            int ttl = random.nextInt(4) == 0 ? random.nextInt(4) : random.nextInt(256);
            stack = LabelRig.join(stack, MplsPacket.entry(label(), random.nextInt(8), isBottom, ttl));
        }
        byte[] packet = TestFrames.ipv4(0x0a000501 + number, LabelRig.NETWORK | 1, 1 + random.nextInt(255), payload());
        byte[] beneath = random.nextInt(8) == 0 ? new byte[64] : packet;
        byte[] content = LabelRig.join(stack, beneath);
        return random.nextInt(10) == 0 ? TestFrames.resized(content, random.nextInt(content.length + 8)) : content;
    }

    private int payload() {
        return random.nextInt(12) == 0 ? 1440 + random.nextInt(40) : 26 + random.nextInt(60);
    }

    private int label() {
        return switch (random.nextInt(8)) {
            case 0 -> INTERESTING[random.nextInt(INTERESTING.length)];
            case 1 -> random.nextInt(MAX_LABEL);
            default -> known.get(random.nextInt(TABLE));
        };
    }

    /** Equal frames must come as often as they should; those of a burst may pass each other. */
    private void compare(int frames) {
        for (int n = 0; n < TABLE; n++) {
            known.add(16 + random.nextInt(MAX_LABEL - 16));
        }
        Map<String, Integer> expected = new HashMap<>();
        Map<String, Integer> found = new HashMap<>();
        List<byte[]> contents = new ArrayList<>();
        List<byte[]> comes = new ArrayList<>();
        for (int n = 0; n < frames; n++) {
            byte[] content = content(n);
            contents.add(content);
            comes.add(LabelRig.frame(content));
        }
        try (LabelRig rig = new LabelRig(comes)) {
            fill(rig);
            contents.forEach(content -> expected.merge(oracle.of(content), 1, Integer::sum));
            rig.dataplane.run();
            for (DropReason reason : DropReason.values()) {
                long drops =
                        rig.dataplane.drops(LabelRig.ROUTER, reason) + rig.dataplane.drops(LabelRig.VPN_ROUTER, reason);
                if (drops > 0) {
                    found.put(reason.name(), (int) drops);
                }
            }
            if (!rig.dataplane.punts.frames.isEmpty()) {
                found.put(LabelOracle.PUNTED, rig.dataplane.punts.frames.size());
            }
            assertThat(rig.dataplane.buffersInUse()).isZero();
            for (int port = 1; port <= 2; port++) {
                for (byte[] frame : rig.dataplane.sent(port)) {
                    found.merge(LabelOracle.sent(port, frame), 1, Integer::sum);
                }
            }
        }
        assertThat(differences(expected, found)).isEmpty();
        assertThat(found)
                .containsKeys("LABEL_UNKNOWN", "LABEL_STACK", "TTL_EXPIRED", "TUNNEL_PAYLOAD", "TOO_BIG", "punted");
    }

    private static List<String> differences(Map<String, Integer> expected, Map<String, Integer> found) {
        TreeSet<String> outcomes = new TreeSet<>(expected.keySet());
        outcomes.addAll(found.keySet());
        return outcomes.stream()
                .filter(outcome -> !Objects.equals(expected.get(outcome), found.get(outcome)))
                .map(outcome -> expected.get(outcome) + " expected, " + found.get(outcome) + " found: " + outcome)
                .limit(10)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldDoAsTheOracleSays(long seed) {
        random.setSeed(seed);
        compare(5_000);
    }

    static LongStream more() {
        return HostileRounds.seeds(5).map(seed -> 1_000 + seed);
    }

    @ParameterizedTest
    @MethodSource("more")
    void shouldDoAsTheOracleSaysWithManyMore(long seed) {
        random.setSeed(seed);
        compare(20_000);
    }

    /** Any bytes: nothing is lost count of, and no buffer. */
    @Test
    void shouldSurviveAnyBytes() {
        List<byte[]> comes = new ArrayList<>();
        for (int n = 0; n < 20_000; n++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length >= 4 && random.nextBoolean()) {
                ByteBuffer.wrap(bytes).putInt((16 + random.nextInt(4)) << 12 | random.nextInt(1 << 12));
            }
            comes.add(LabelRig.frame(bytes));
        }
        try (LabelRig rig = new LabelRig(comes)) {
            rig.add(LabelRig.swap(16, 200, 300), LabelRig.via(1));
            rig.add(LabelRig.label(17), LabelRig.via(1, 2));
            rig.add(LabelRig.label(18).local(LabelSpec.NO_INTERFACE));
            rig.add(LabelRig.label(19).local(LabelRig.VPN));
            rig.dataplane.run();
            long drops =
                    rig.dataplane.statistics().routerCounts(LabelRig.ROUTER).dropPackets()
                            + rig.dataplane
                                    .statistics()
                                    .routerCounts(LabelRig.VPN_ROUTER)
                                    .dropPackets();
            long sent = rig.dataplane.statistics().routerCounts(LabelRig.ROUTER).txPackets()
                    + rig.dataplane
                            .statistics()
                            .routerCounts(LabelRig.VPN_ROUTER)
                            .txPackets();
            assertThat(drops + sent + rig.dataplane.punts.frames.size()).isEqualTo(comes.size());
            assertThat(sent).isPositive();
            assertThat(rig.dataplane.buffersInUse()).isZero();
        }
    }
}
