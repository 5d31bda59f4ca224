package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random ESP packets, in IP and in UDP: true ones, changed, cut off, repeated, out of order, with hostile packets inside. What is
 * received is what a set that forgets nothing and the JDK's cipher accept.
 */
class EspHostileTest {
    private static final int FRAMES = 10_000;
    private static final int SPI = 0x1234;
    private static final int WINDOW = EspPeer.WINDOW;

    private final Set<Long> accepted = new HashSet<>();
    private long highest;
    private long expected;

    static LongStream seeds() {
        return HostileRounds.seeds(5);
    }

    private byte[] payload(EspPeer peer, Random random) {
        long number = Math.max(0, highest + random.nextInt(12) - 8 - (random.nextInt(20) == 0 ? WINDOW : 0));
        int nextHeader = random.nextInt(20) == 0 ? random.nextInt(256) : random.nextBoolean() ? 4 : 41;
        byte[] payload = peer.seal(TunnelRig.hostile(random), nextHeader, number);
        boolean isWhole = true;
        switch (random.nextInt(8)) {
            case 0 -> {
                payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
                isWhole = false;
            }
            case 1 -> {
                payload = Arrays.copyOf(payload, random.nextInt(payload.length));
                isWhole = false;
            }
            case 2 -> {
                random.nextBytes(payload);
                ByteBuffer.wrap(payload).putInt(SPI);
                isWhole = false;
            }
            default -> {}
        }
        boolean isNew = number > 0 && number > highest - WINDOW && !accepted.contains(number);
        if (isWhole && isNew) {
            accepted.add(number);
            highest = Math.max(highest, number);
            expected += nextHeader == 4 || nextHeader == 41 ? 1 : 0;
        }
        return payload;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldReceiveWhatIsAuthenticAndNewAndNothingElse(long seed) {
        Random random = new Random(seed);
        boolean isInUdp = seed % 2 == 1;
        EspAlgorithm algorithm = List.of(EspAlgorithm.values()).get(1 + (int) (seed % 3));
        EspPeer peer = EspPeer.random(algorithm, false, SPI);
        List<byte[]> frames = new ArrayList<>();
        while (frames.size() < FRAMES) {
            byte[] payload = isInUdp ? EspPeer.inUdp(payload(peer, random)) : payload(peer, random);
            frames.add(TunnelRig.fromGateway(OuterPacket.ipv4(
                    isInUdp ? EspPeer.UDP : EspPeer.PROTOCOL,
                    payload,
                    new byte[0],
                    TunnelRig.REMOTE4,
                    TunnelRig.LOCAL4,
                    64,
                    1)));
        }
        TunnelKind plain = TunnelKind.esp(algorithm, false);
        TunnelKind kind = isInUdp ? plain.inUdp() : plain;
        try (TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, List.of(), frames)) {
            rig.dataplane
                    .proxy
                    .keys()
                    .addSecurityAssociation(7, peer.spec(T, false, rig.dataplane.memory.incarnation(), 1));
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(rig.dataplane.statistics().interfaceCounts(T).rxPackets())
                    .isEqualTo(expected)
                    .isGreaterThan(FRAMES / 10);
            assertThat(rig.dataplane.drops(TunnelRig.UNDERLAY, DropReason.ESP_REPLAY))
                    .isPositive();
            assertThat(rig.dataplane.drops(TunnelRig.UNDERLAY, DropReason.ESP_AUTHENTICATION))
                    .isPositive();
            rig.assertAccounted(FRAMES);
        }
    }
}
