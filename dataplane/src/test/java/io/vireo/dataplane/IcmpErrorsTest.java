package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the data plane answers with ICMP errors, octet by octet as scapy has it, and about what it says nothing. */
class IcmpErrorsTest {
    private static final long MAC = 0x020000000101L;
    private static final long HOST = 0x02000000aa01L;
    private static final long NET6 = 0x20010db800000000L;
    private static final int ROUTER = 7;
    private static final int A = 10;
    private static final int TAGGED = 12;
    private static final int NARROW = 20;
    private static final int MTU = 1400;
    private static final int ADDRESS = 0x0a000101;
    private static final int GATEWAY = 0x0a000102;
    private static final int FROM = 0x0a320001;
    private static final int NOWHERE = 0x0a090001;
    private static final int RECEIVER_BURST = 6;
    private static final int FUZZED = 3_000;
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    private static Path directory;

    private final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);

    @BeforeAll
    static void ask() throws IOException {
        ScapyScript.run(IcmpErrorsTest.class, "errors.py", directory);
    }

    @AfterEach
    void everyBufferComesHome() {
        dataplane.close();
    }

    private static List<byte[]> frames(String name) throws IOException {
        return Pcap.read(directory.resolve(name + ".pcap"));
    }

    /** Two routers with the same addresses: one without tag, one with. */
    private void configure(List<byte[]> frames) {
        dataplane.port(0, frames);
        dataplane.port(1);
        router(ROUTER, A, 0);
        router(ROUTER + 1, TAGGED, 30);
        dataplane.settle();
    }

    private void router(int router, int id, int vlan) {
        dataplane.proxy.topology().addRouter(1, router, 100 + router, 1_000_000, 10_000, "r" + router);
        dataplane.proxy.topology().addInterface(2, TestInterfaces.access(id, router, 0, vlan, MAC, 1500, "a"));
        int narrow = NARROW + id;
        dataplane.proxy.topology().addInterface(2, TestInterfaces.access(narrow, router, 1, vlan, MAC, MTU, "n"));
        NextHops onLink = new NextHops().add(id, 0, 0, 1);
        NextHops back = new NextHops().add(id, 0, GATEWAY, 1);
        NextHops back6 = new NextHops().add(id, NET6 | 0x10000, 2, 1);
        NextHops beyond = new NextHops().add(narrow, 0, 0x0a000202, 1);
        NextHops beyond6 = new NextHops().add(narrow, NET6 | 0x20000, 2, 1);
        route4(router, 0x0a000100, 24, RouteKind.UNICAST, onLink);
        route4(router, 0x0a320000, 16, RouteKind.UNICAST, back);
        route4(router, 0x0a000200, 24, RouteKind.UNICAST, beyond);
        route4(router, 0x0a030000, 16, RouteKind.UNREACHABLE, NextHops.NONE);
        route4(router, 0x0a040000, 16, RouteKind.PROHIBIT, NextHops.NONE);
        route6(router, 0x10000, 64, RouteKind.UNICAST, onLink);
        route6(router, 0x500000, 48, RouteKind.UNICAST, back6);
        route6(router, 0x20000, 48, RouteKind.UNICAST, beyond6);
        route6(router, 0x30000, 48, RouteKind.UNREACHABLE, NextHops.NONE);
        route6(router, 0x40000, 48, RouteKind.PROHIBIT, NextHops.NONE);
        address(id, AddressFamily.IPV4, 0, ADDRESS);
        address(id, AddressFamily.IPV6, NET6 | 0x10000, 1);
        neighbour(id, AddressFamily.IPV4, 0, GATEWAY);
        neighbour(id, AddressFamily.IPV6, NET6 | 0x10000, 2);
        neighbour(narrow, AddressFamily.IPV4, 0, 0x0a000202);
        neighbour(narrow, AddressFamily.IPV6, NET6 | 0x20000, 2);
    }

    private void route4(int router, int prefix, int length, RouteKind kind, NextHops hops) {
        dataplane.proxy.tables().addRoute(3, router, AddressFamily.IPV4, 0, prefix, length, kind, hops);
    }

    private void route6(int router, long subnet, int length, RouteKind kind, NextHops hops) {
        dataplane.proxy.tables().addRoute(3, router, AddressFamily.IPV6, NET6 | subnet, 0, length, kind, hops);
    }

    private void address(int id, AddressFamily family, long high, long low) {
        dataplane.proxy.tables().addInterfaceAddress(4, id, family, high, low, AddressUse.SOURCE);
    }

    private void neighbour(int id, AddressFamily family, long high, long low) {
        dataplane.proxy.tables().addNeighbour(5, id, family, high, low, HOST);
    }

    private long errors(int router) {
        return dataplane.statistics().answers(router)[AnswerKind.ERROR.code()];
    }

    private static byte[] frame(byte[] packet) {
        return TestFrames.ethernet(MAC, HOST, 0x0800, packet);
    }

    @Test
    void shouldAnswerAsScapyDoes() throws IOException {
        configure(frames("asked"));
        dataplane.run();
        List<byte[]> expected = frames("answered");
        assertThat(dataplane.punts.reasons).isEmpty();
        assertThat(errors(ROUTER) + errors(ROUTER + 1)).isEqualTo(expected.size());
        for (int router : List.of(ROUTER, ROUTER + 1)) {
            long[] drops = dataplane.statistics().drops(router);
            assertThat(drops[DropReason.TTL_EXPIRED.code()]).isEqualTo(21 + 13);
            assertThat(drops[DropReason.TOO_BIG.code()]).isEqualTo(4 + 2);
            assertThat(drops[DropReason.NO_ROUTE.code()]).isEqualTo(2 + 1);
            assertThat(drops[DropReason.UNREACHABLE.code()]).isEqualTo(2);
            assertThat(drops[DropReason.PROHIBITED.code()]).isEqualTo(2);
        }
        List<byte[]> sent = dataplane.sent(0);
        assertEqual(ofFamily(sent, 0x08), ofFamily(expected, 0x08));
        assertEqual(ofFamily(sent, 0x86), ofFamily(expected, 0x86));
    }

    private static List<byte[]> ofFamily(List<byte[]> frames, int firstOctet) {
        return frames.stream()
                .filter(frame -> (frame[frame[12] == (byte) 0x81 ? 16 : 12] & 0xff) == firstOctet)
                .toList();
    }

    private static void assertEqual(List<byte[]> sent, List<byte[]> expected) {
        assertThat(sent).hasSameSizeAs(expected);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(sent.get(i)).as("frame %d", i).isEqualTo(expected.get(i));
        }
    }

    @Test
    void shouldSayNothingAboutErrorsAndLaterFragments() throws IOException {
        List<byte[]> silent = frames("silent");
        configure(silent);
        dataplane.run();
        assertThat(dataplane.punts.reasons).isEmpty();
        assertThat(dataplane.statistics().routerCounts(ROUTER).dropPackets()).isEqualTo(silent.size());
        assertThat(errors(ROUTER)).isZero();
        assertThat(dataplane.sent(0)).isEmpty();
    }

    @Test
    void shouldLimitWhatOneReceiverGetsAndCountTheRest() {
        configure(Collections.nCopies(50, frame(TestFrames.ipv4(FROM, NOWHERE, 64, 8))));
        dataplane.round();
        dataplane.advance(SECOND_NS);
        dataplane.run();
        assertThat(errors(ROUTER)).isEqualTo(RECEIVER_BURST);
        assertThat(dataplane.drops(ROUTER, DropReason.NO_ROUTE)).isEqualTo(RECEIVER_BURST);
        assertThat(dataplane.drops(ROUTER, DropReason.ERROR_LIMIT)).isEqualTo(50 - RECEIVER_BURST);
        assertThat(dataplane.punts.reasons).isEmpty();
    }

    /** "Too big" has no limit for one receiver, as in Linux, but one for what comes in by one interface. */
    @Test
    void shouldLimitWhatAnInterfaceCauses() {
        configure(Collections.nCopies(3_000, frame(TestFrames.ipv4(FROM, 0x0a000202, 64, 1472))));
        dataplane.run();
        assertThat(errors(ROUTER)).isEqualTo(100 + 1_000);
        assertThat(dataplane.drops(ROUTER, DropReason.ERROR_LIMIT)).isEqualTo(3_000 - 1_100);
    }

    @Test
    void shouldLeaveToTheKernelWhoseSourceItCannotReachOrWhoseInterfaceHasNoAddress() {
        byte[] unreachable = frame(TestFrames.ipv4(0x0a4d0001, NOWHERE, 1, 8));
        byte[] reachable = frame(TestFrames.ipv4(FROM, NOWHERE, 1, 8));
        configure(List.of(unreachable, reachable));
        dataplane.proxy.tables().removeInterfaceAddress(6, A, AddressFamily.IPV4, 0, ADDRESS);
        dataplane.settle();
        dataplane.run();
        assertThat(dataplane.punts.frames).containsExactly(unreachable, reachable);
        assertThat(dataplane.punts.reasons).containsOnly(PuntReason.NO_ROUTE.code());
        assertThat(dataplane.sent(0)).isEmpty();
    }

    /** Each of some routers in a row, with another address each, answers what ends there. */
    @Test
    void shouldShowEachRouterOfAChain() {
        int routers = 5;
        dataplane.port(
                0,
                Stream.iterate(1, ttl -> ttl + 1)
                        .limit(routers)
                        .map(ttl -> frame(TestFrames.ipv4(FROM, NOWHERE, ttl, 8)))
                        .toList());
        for (int r = 0; r < routers; r++) {
            int left = 2 * r;
            dataplane.proxy.topology().addRouter(1, r, 100 + r, 1_000, 100, "r" + r);
            dataplane
                    .proxy
                    .topology()
                    .addInterface(
                            2,
                            r == 0
                                    ? TestInterfaces.access(left, r, 0, 0, MAC, 1500, "l")
                                    : TestInterfaces.link(left, r, left - 1, MAC, 1500, "l"));
            dataplane.proxy.topology().addInterface(3, TestInterfaces.link(left + 1, r, left + 2, MAC, 1500, "r"));
            address(left, AddressFamily.IPV4, 0, 0x0a000001 + (r << 8));
            route4(r, 0x0a320000, 16, RouteKind.UNICAST, new NextHops().add(left, 0, GATEWAY, 1));
            route4(r, 0x0a090000, 16, RouteKind.UNICAST, new NextHops().add(left + 1, 0, GATEWAY, 1));
            dataplane.proxy.tables().addNeighbour(5, left, AddressFamily.IPV4, 0, GATEWAY, r == 0 ? HOST : MAC);
            dataplane.proxy.tables().addNeighbour(5, left + 1, AddressFamily.IPV4, 0, GATEWAY, MAC);
        }
        dataplane.settle();
        dataplane.run();
        List<Integer> hops = dataplane.sent(0).stream()
                .map(frame -> (int) frame[28])
                .sorted()
                .toList();
        assertThat(hops).containsExactly(0, 1, 2, 3, 4);
    }

    /** Whatever stands in the packets: each is answered, dropped or the kernel's, and each answer is one of a packet. */
    @Test
    void shouldAccountForEveryHostilePacket() {
        Random random = new Random(20261129);
        List<byte[]> hostile = new ArrayList<>();
        for (int n = 0; n < FUZZED; n++) {
            byte[] packet = random.nextBoolean()
                    ? TestFrames.ipv4(FROM + random.nextInt(200), NOWHERE, random.nextInt(3), random.nextInt(1_400))
                    : TestFrames.ipv6(
                            NET6 | 0x500000,
                            random.nextInt(200),
                            NET6 | 0x90000,
                            1,
                            random.nextInt(64),
                            1,
                            random.nextInt(1_400));
            boolean isIpv4 = packet[0] >>> 4 == 4;
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                packet[random.nextInt(Math.min(packet.length, 100))] = (byte) random.nextInt();
            }
            if (isIpv4) {
                TestFrames.fixChecksum(packet, 20);
            }
            hostile.add(TestFrames.ethernet(MAC, HOST, isIpv4 ? 0x0800 : 0x86dd, packet));
        }
        configure(hostile);
        dataplane.run();
        long dropped = dataplane.statistics().routerCounts(ROUTER).dropPackets();
        long answered = errors(ROUTER);
        assertThat(dropped
                        + dataplane.punts.frames.size()
                        + dataplane.statistics().interfaceCounts(NARROW + A).txPackets())
                .isEqualTo(FUZZED);
        assertThat(answered).isPositive().isLessThanOrEqualTo(dropped);
        assertThat(dataplane.sent(0))
                .hasSize((int) answered)
                .allSatisfy(each -> assertThat(Arrays.copyOf(each, 6))
                        .isEqualTo(Arrays.copyOf(TestFrames.ethernet(HOST, 0, 0, new byte[0]), 6)));
    }
}
