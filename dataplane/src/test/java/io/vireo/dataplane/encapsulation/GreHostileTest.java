package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.GreOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random GRE headers, cut off and with random flags, keys and checksums: what becomes of each is what a slow reading of its
 * bytes says.
 */
class GreHostileTest {
    private static final int FRAMES = 10_000;
    private static final int KEY = 7;
    private static final int CHECKED = T + 1;
    private static final int KEYLESS = T + 2;
    private static final String PUNTED = "punted";

    static LongStream seeds() {
        return HostileRounds.seeds(5);
    }

    private static byte[] payload(Random random) {
        byte[] inner = TunnelRig.hostile(random);
        int bits = random.nextInt(4) == 0 ? 1 << random.nextInt(16) : 0;
        Integer key = random.nextInt(4) == 0 ? null : Integer.valueOf(random.nextInt(3) * KEY);
        Integer sequence = random.nextBoolean() ? random.nextInt() : null;
        int type = random.nextInt(8) == 0 ? random.nextInt(1 << 16) : type(inner);
        byte[] header = GrePacket.header(bits, type, key, random.nextBoolean(), sequence, inner);
        byte[] payload = GrePacket.with(header, inner);
        if (random.nextInt(4) == 0) {
            payload[random.nextInt(payload.length)] = (byte) random.nextInt();
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(payload, random.nextInt(payload.length + 1)) : payload;
    }

    private static int type(byte[] inner) {
        return inner.length > 0 && inner[0] >> 4 == 4 ? GrePacket.IPV4 : GrePacket.IPV6;
    }

    /** The reason of a drop, {@link #PUNTED}, or the interface that receives it. */
    private static String expected(byte[] payload) {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        if (payload.length < 4) {
            return DropReason.TUNNEL_MALFORMED.name();
        }
        int flags = bytes.getShort() & 0xffff;
        int type = bytes.getShort() & 0xffff;
        boolean hasChecksum = (flags & 0x8000) != 0;
        boolean hasKey = (flags & 0x2000) != 0;
        boolean hasSequence = (flags & 0x1000) != 0;
        int length = 4 + (hasChecksum ? 4 : 0) + (hasKey ? 4 : 0) + (hasSequence ? 4 : 0);
        if ((flags & 7) != 0) {
            return PUNTED;
        }
        if ((flags & 0x4c00) != 0 || payload.length < length) {
            return DropReason.TUNNEL_MALFORMED.name();
        }
        Integer key = hasKey ? bytes.getInt(hasChecksum ? 8 : 4) : null;
        Integer tunnel = tunnel(key);
        if (tunnel == null) {
            return DropReason.TUNNEL_KEY.name();
        }
        boolean isWhole = hasChecksum ? GrePacket.checksum(payload, new byte[0]) == 0 : tunnel != CHECKED;
        if (!isWhole) {
            return DropReason.TUNNEL_CHECKSUM.name();
        }
        return type == GrePacket.IPV4 || type == GrePacket.IPV6
                ? Integer.toString(tunnel)
                : DropReason.TUNNEL_PAYLOAD.name();
    }

    private static @Nullable Integer tunnel(@Nullable Integer key) {
        if (key == null) {
            return KEYLESS;
        }
        return switch (key) {
            case 0 -> CHECKED;
            case KEY -> T;
            default -> null;
        };
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldDoWithEachHeaderWhatASlowReadingSays(long seed) {
        Random random = new Random(seed);
        Map<String, Long> expected = new HashMap<>();
        List<byte[]> frames = new ArrayList<>();
        while (frames.size() < FRAMES) {
            byte[] payload = payload(random);
            expected.merge(expected(payload), 1L, Long::sum);
            frames.add(TunnelRig.fromGateway(OuterPacket.ipv4(
                    GrePacket.PROTOCOL, payload, new byte[0], TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, 1)));
        }
        try (TunnelRig rig = new TunnelRig(TunnelKind.keyed(KEY), AddressFamily.IPV4, List.of(), frames)) {
            rig.addTunnel(
                    CHECKED, INNER, new TunnelKind(Encapsulation.GRE, GreOptions.KEY | GreOptions.CHECKSUM, 0), 2);
            rig.addTunnel(KEYLESS, INNER, TunnelKind.GRE, 2);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(became(rig))
                    .containsExactlyInAnyOrderEntriesOf(without(expected, PUNTED))
                    .hasSize(7);
            rig.assertAccounted(FRAMES);
        }
    }

    private static Map<String, Long> without(Map<String, Long> counts, String key) {
        Map<String, Long> rest = new HashMap<>(counts);
        assertThat(rest.remove(key)).isPositive();
        return rest;
    }

    private static Map<String, Long> became(TunnelRig rig) {
        Map<String, Long> counts = new HashMap<>();
        for (int tunnel : new int[] {T, CHECKED, KEYLESS}) {
            counts.put(
                    Integer.toString(tunnel),
                    rig.dataplane.statistics().interfaceCounts(tunnel).rxPackets());
        }
        for (DropReason reason : List.of(
                DropReason.TUNNEL_MALFORMED,
                DropReason.TUNNEL_KEY,
                DropReason.TUNNEL_CHECKSUM,
                DropReason.TUNNEL_PAYLOAD)) {
            counts.put(reason.name(), rig.dataplane.drops(UNDERLAY, reason));
        }
        return counts;
    }
}
