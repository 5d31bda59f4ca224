package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.VnsOption;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random options around random packets, from the far end and from a stranger: what becomes of each is what a slow reading of its bytes
 * says.
 */
class VnsHostileTest {
    private static final int FRAMES = 10_000;
    private static final int WIDE = T + 1;
    private static final int SMALL_ID = 7;
    private static final int WIDE_ID = 0x70007;
    private static final int STRANGER = TunnelRig.REMOTE4 + 1;

    static LongStream seeds() {
        return HostileRounds.seeds(5);
    }

    /** A few options in a row, the last perhaps cut off, padded to words with whatever. */
    private static byte[] options(Random random) {
        return options(random, false);
    }

    /** @param isPlausible whether there is but one, of one of the VPNs. */
    static byte[] options(Random random, boolean isPlausible) {
        if (isPlausible) {
            return VnsPacket.options(2, random.nextBoolean() ? SMALL_ID : WIDE_ID, 0);
        }
        byte[] all = new byte[40];
        int length = 0;
        for (int n = random.nextInt(4); n > 0; n--) {
            byte[] next = option(random);
            if (length + next.length <= all.length) {
                System.arraycopy(next, 0, all, length, next.length);
                length += next.length;
            }
        }
        if (length > 0 && random.nextInt(4) == 0) {
            all[random.nextInt(length)] = (byte) random.nextInt();
        }
        int words = random.nextInt(4) == 0 ? random.nextInt(11) : (length + 3) / 4;
        return TestFrames.resized(all, 4 * words);
    }

    private static byte[] option(Random random) {
        int id = random.nextInt(3) == 0 ? random.nextInt() : random.nextBoolean() ? SMALL_ID : WIDE_ID;
        return switch (random.nextInt(6)) {
            case 0 -> new byte[] {1};
            case 1 -> new byte[] {(byte) random.nextInt(), (byte) random.nextInt(12), 0, 0};
            case 2 -> VnsPacket.options(VnsOption.STREAM_ID, id, 0);
            case 3 -> VnsPacket.options(VnsOption.EXPERIMENTAL, id, 0);
            default -> VnsPacket.options(VnsOption.EXPERIMENTAL_WITH_FLOW, id, random.nextInt());
        };
    }

    /** The ids in the options, whatever stands beside; two if one is cut off. */
    static List<Integer> ids(byte[] options) {
        return ids(options, new ArrayList<>());
    }

    private static List<Integer> ids(byte[] options, List<Integer> others) {
        List<Integer> ids = new ArrayList<>();
        int at = 0;
        while (at < options.length && options[at] != 0) {
            int type = options[at] & 0xff;
            if (type == 1) {
                at++;
                continue;
            }
            int length = at + 1 < options.length ? options[at + 1] & 0xff : 0;
            if (length < 2 || at + length > options.length) {
                return List.of(0, 0);
            }
            if (type == 136 && length == 4) {
                ids.add(((options[at + 2] & 0xff) << 8) | (options[at + 3] & 0xff));
            } else if (type == 158 && (length == 6 || length == 8)) {
                ids.add(ByteBuffer.wrap(options).getInt(at + 2));
            } else {
                others.add(type);
            }
            at += length;
        }
        return ids;
    }

    /** The reason of a drop or of a punt, or the interface that receives it. */
    private static String expected(byte[] options, boolean isStranger) {
        List<Integer> others = new ArrayList<>();
        List<Integer> ids = ids(options, others);
        boolean isAlone = ids.size() == 1 && others.isEmpty();
        if (isStranger) {
            return options.length == 0 || isAlone ? PuntReason.LOCAL.name() : PuntReason.OPTIONS.name();
        }
        if (options.length == 0) {
            return DropReason.TUNNEL_KEY.name();
        }
        if (!isAlone) {
            return DropReason.TUNNEL_MALFORMED.name();
        }
        return switch (ids.getFirst()) {
            case SMALL_ID -> Integer.toString(T);
            case WIDE_ID -> Integer.toString(WIDE);
            default -> DropReason.TUNNEL_KEY.name();
        };
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldDoWithEachHeaderWhatASlowReadingSays(long seed) {
        Random random = new Random(seed);
        Map<String, Long> expected = new HashMap<>();
        List<byte[]> frames = new ArrayList<>();
        while (frames.size() < FRAMES) {
            byte[] options = options(random);
            boolean isStranger = random.nextInt(4) == 0;
            byte[] inner = TunnelRig.hostile(random);
            byte[] outer = OuterPacket.ipv4(
                    inner.length > 0 && inner[0] >> 4 == 4 ? 4 : 41,
                    inner,
                    new byte[0],
                    isStranger ? STRANGER : TunnelRig.REMOTE4,
                    TunnelRig.LOCAL4,
                    64,
                    1);
            frames.add(TunnelRig.fromGateway(VnsPacket.withOptions(outer, options)));
            expected.merge(expected(options, isStranger), 1L, Long::sum);
        }
        TunnelKind small = new TunnelKind(Encapsulation.VNS, VnsOption.STREAM_ID, SMALL_ID);
        try (TunnelRig rig = new TunnelRig(small, AddressFamily.IPV4, List.of(), frames)) {
            rig.addTunnel(WIDE, INNER, new TunnelKind(Encapsulation.VNS, VnsOption.EXPERIMENTAL, WIDE_ID), 2);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(became(rig)).containsExactlyInAnyOrderEntriesOf(expected).hasSize(6);
            rig.assertAccounted(FRAMES);
        }
    }

    /** Punted are a stranger's packets, and some that came out of the tunnels. */
    private static Map<String, Long> became(TunnelRig rig) {
        Map<String, Long> counts = new HashMap<>();
        for (int tunnel : new int[] {T, WIDE}) {
            counts.put(
                    Integer.toString(tunnel),
                    rig.dataplane.statistics().interfaceCounts(tunnel).rxPackets());
        }
        for (DropReason reason : List.of(DropReason.TUNNEL_MALFORMED, DropReason.TUNNEL_KEY)) {
            counts.put(reason.name(), rig.dataplane.drops(UNDERLAY, reason));
        }
        for (int n = 0; n < rig.dataplane.punts.frames.size(); n++) {
            if (ByteBuffer.wrap(rig.dataplane.punts.frames.get(n)).getInt(26) == STRANGER) {
                counts.merge(String.valueOf(PuntReason.ofCode(rig.dataplane.punts.reasons.get(n))), 1L, Long::sum);
            }
        }
        return counts;
    }
}
