package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Truncated, mutated and random frames: none crashes a worker, none is lost, each is accounted for once. */
class HostilePacketsTest {
    private static final long MAC = 0x020000000101L;
    private static final long HOST = 0x02000000aa01L;
    private static final int FRAMES = 20_000;
    private static final long NET6 = 0x20010db800020000L;

    private static List<byte[]> hostileFrames(long seed) {
        Random random = new Random(seed);
        List<byte[]> frames = new ArrayList<>();
        while (frames.size() < FRAMES) {
            frames.add(mutate(plausible(random), random));
        }
        return frames;
    }

    private static byte[] plausible(Random random) {
        int destination = random.nextBoolean() ? 0x0a000202 : random.nextInt();
        int source = random.nextInt(4) > 0 ? 0x0a000102 : random.nextInt();
        byte[] options = new byte[4 * (random.nextInt(3) == 0 ? random.nextInt(11) : 0)];
        int ttl = random.nextInt(4) == 0 ? random.nextInt(3) : 64;
        byte[] packet4 = TestFrames.ipv4(options, source, destination, ttl, random.nextInt(1600));
        byte[] packet6 = TestFrames.ipv6(
                random.nextBoolean() ? NET6 : random.nextLong(),
                random.nextLong(),
                random.nextBoolean() ? NET6 : random.nextLong(),
                random.nextBoolean() ? 2 : random.nextInt(3),
                random.nextInt(4) == 0 ? 0 : 17,
                ttl,
                random.nextInt(1400));
        long mac = random.nextInt(8) == 0 ? random.nextLong() >>> 16 : MAC;
        int vlan = random.nextInt(6);
        return switch (random.nextInt(6)) {
            case 0 -> TestFrames.ethernet(mac, HOST, 0x0800, packet4);
            case 1 -> TestFrames.ethernet(mac, HOST, 0x86dd, packet6);
            case 2 -> TestFrames.tagged(mac, HOST, vlan, 0x0800, packet4);
            case 3 -> TestFrames.tagged(mac, HOST, vlan, 0x86dd, packet6);
            case 4 -> TestFrames.ethernet(mac, HOST, random.nextInt(65_536), packet4);
            default -> randomBytes(random);
        };
    }

    private static byte[] randomBytes(Random random) {
        byte[] frame = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(frame);
        return frame;
    }

    private static byte[] mutate(byte[] frame, Random random) {
        byte[] mutated = frame;
        if (random.nextInt(3) == 0) {
            mutated = TestFrames.resized(mutated, 1 + random.nextInt(mutated.length + 20));
        }
        for (int flips = random.nextInt(3); flips > 0; flips--) {
            mutated[random.nextInt(Math.min(mutated.length, 60))] = (byte) random.nextInt();
        }
        return mutated;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldAccountForEveryPacket(long seed) {
        try (HandDrivenDataplane dataplane = new HandDrivenDataplane(1)) {
            dataplane.port(0, hostileFrames(seed));
            dataplane.port(1);
            var proxy = dataplane.proxy;
            proxy.topology().addRouter(1, 7, 101, 1_000_000, 1_000_000, "blue");
            proxy.topology().addInterface(2, TestInterfaces.access(10, 7, 0, 0, MAC, 1500, "a"));
            proxy.topology().addInterface(3, TestInterfaces.access(11, 7, 1, 20, MAC, 1300, "b"));
            proxy.topology().addInterface(3, TestInterfaces.access(12, 7, 0, 3, MAC, 1500, "c"));
            NextHops via = new NextHops().add(11, 0, 0x0a000202, 1);
            proxy.tables().addRoute(4, 7, AddressFamily.IPV4, 0, 0, 1, RouteKind.UNICAST, via);
            proxy.tables()
                    .addRoute(
                            5, 7, AddressFamily.IPV6, NET6, 0, 64, RouteKind.UNICAST, new NextHops().add(11, 0, 0, 1));
            proxy.tables().addNeighbour(6, 11, AddressFamily.IPV4, 0, 0x0a000202, HOST);
            proxy.tables().addNeighbour(7, 11, AddressFamily.IPV6, NET6, 2, HOST);
            dataplane.settle();
            dataplane.run();

            var statistics = dataplane.statistics();
            long dropped = 0;
            for (long count : statistics.drops(7)) {
                dropped += count;
            }
            for (long count : statistics.drops(-1)) {
                dropped += count;
            }
            long sent = statistics.portCounts(1).txPackets();
            long punted = statistics.routerCounts(7).puntPackets();
            assertThat(sent).isPositive();
            assertThat(punted).isPositive().isEqualTo(dataplane.punts.frames.size());
            assertThat(sent + punted + dropped)
                    .isEqualTo(statistics.portCounts(0).rxPackets())
                    .isEqualTo(FRAMES);
            assertThat(dataplane.buffersInUse()).isZero();
        }
    }
}
