package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the data plane answers by itself, octet by octet as scapy has it, and what it leaves to the kernel. */
class AnswersTest {
    private static final long MAC = 0x020000000101L;
    private static final long HOST = 0x02000000aa01L;
    private static final long NET6 = 0x20010db800010000L;
    private static final long LINK6 = 0xfe80000000000000L;
    private static final int ROUTER = 7;
    private static final int A = 10;
    private static final int TAGGED = 12;
    private static final int ADDRESS = 0x0a000101;
    private static final int HOST_ADDRESS = 0x0a000102;

    @TempDir
    private static Path directory;

    private final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);

    @BeforeAll
    static void ask() throws IOException {
        ScapyScript.run(AnswersTest.class, "answers.py", directory);
    }

    @AfterEach
    void everyBufferComesHome() {
        dataplane.close();
    }

    private static List<byte[]> frames(String name) throws IOException {
        return Pcap.read(directory.resolve(name + ".pcap"));
    }

    /** Interfaces of two routers with the same addresses: one without tag, one with. */
    private void configure(List<byte[]> frames) {
        dataplane.port(0, frames);
        router(ROUTER, A, 0);
        router(ROUTER + 1, TAGGED, 30);
        dataplane.settle();
    }

    private void router(int router, int id, int vlan) {
        dataplane.proxy.topology().addRouter(1, router, 100 + router, 1_000_000, 1_000, "r" + router);
        dataplane.proxy.topology().addInterface(2, TestInterfaces.access(id, router, 0, vlan, MAC, 1500, "a"));
        NextHops onLink = new NextHops().add(id, 0, 0, 1);
        route(router, AddressFamily.IPV4, 0, 0x0a000100, 24, RouteKind.UNICAST, onLink);
        route(router, AddressFamily.IPV4, 0, ADDRESS, 32, RouteKind.LOCAL, NextHops.NONE);
        route(router, AddressFamily.IPV4, 0, 0x0a090909, 32, RouteKind.LOCAL, NextHops.NONE);
        route(router, AddressFamily.IPV6, NET6, 0, 64, RouteKind.UNICAST, onLink);
        route(router, AddressFamily.IPV6, NET6, 1, 128, RouteKind.LOCAL, NextHops.NONE);
        address(id, AddressFamily.IPV4, 0, ADDRESS);
        address(id, AddressFamily.IPV6, NET6, 1);
        address(id, AddressFamily.IPV6, LINK6, 1);
        neighbour(id, AddressFamily.IPV4, 0, HOST_ADDRESS);
        neighbour(id, AddressFamily.IPV6, NET6, 2);
    }

    private void route(
            int router, AddressFamily family, long high, long low, int length, RouteKind kind, NextHops hops) {
        dataplane.proxy.tables().addRoute(3, router, family, high, low, length, kind, hops);
    }

    private void address(int id, AddressFamily family, long high, long low) {
        dataplane.proxy.tables().addInterfaceAddress(4, id, family, high, low, AddressUse.ANSWER);
    }

    private void neighbour(int id, AddressFamily family, long high, long low) {
        dataplane.proxy.tables().addNeighbour(5, id, family, high, low, HOST);
    }

    private static void assertEqual(List<byte[]> sent, List<byte[]> expected) {
        assertThat(sent).hasSameSizeAs(expected);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(sent.get(i)).as("frame %d", i).isEqualTo(expected.get(i));
        }
    }

    @Test
    void shouldAnswerAsScapyDoes() throws IOException {
        List<byte[]> asked = frames("asked");
        configure(asked);
        dataplane.run();
        assertEqual(inAnyOrder(dataplane.sent(0)), inAnyOrder(frames("answered")));
        for (int router : List.of(ROUTER, ROUTER + 1)) {
            long[] answers = dataplane.statistics().answers(router);
            assertThat(answers[AnswerKind.ARP.code()]).isEqualTo(2);
            assertThat(answers[AnswerKind.NEIGHBOUR.code()]).isEqualTo(9);
            assertThat(answers[AnswerKind.ECHO.code()]).isEqualTo(17);
            assertThat(dataplane.statistics().routerCounts(router).txPackets()).isEqualTo(28);
            assertThat(dataplane.statistics().routerCounts(router).dropPackets())
                    .isZero();
        }
    }

    /** Those with link-local addresses alone, for these are in no table of the data plane's. */
    @Test
    void shouldInformTheKernelOfAskersThatItMayNotKnow() throws IOException {
        configure(frames("asked"));
        dataplane.run();
        assertThat(dataplane.punts.reasons).hasSize(8).doesNotContain(PuntReason.ARP.code());
    }

    @Test
    void shouldInformTheKernelOfAHostWithAnotherMac() throws IOException {
        List<byte[]> arp = List.of(frames("asked").getFirst());
        configure(arp);
        dataplane.proxy.tables().addNeighbour(6, A, AddressFamily.IPV4, 0, HOST_ADDRESS, HOST + 1);
        dataplane.settle();
        dataplane.run();
        assertThat(dataplane.punts.frames).containsExactly(arp.getFirst());
        assertThat(dataplane.sent(0)).hasSize(1);
    }

    @Test
    void shouldLeaveToTheKernelWhatIsUnusual() throws IOException {
        List<byte[]> left = frames("left");
        configure(left);
        dataplane.run();
        assertThat(dataplane.sent(0)).isEmpty();
        assertEqual(inAnyOrder(dataplane.punts.frames), inAnyOrder(left));
    }

    /** ARP and neighbour discovery have a ring of their own, and what classify excepts comes before what modify does. */
    private static List<byte[]> inAnyOrder(List<byte[]> frames) {
        List<byte[]> sorted = new ArrayList<>(frames);
        sorted.sort(java.util.Arrays::compare);
        return sorted;
    }

    @Test
    void shouldLeaveAnAddressToTheKernelOnceItIsRemoved() throws IOException {
        List<byte[]> asked = List.of(frames("asked").get(0), frames("asked").get(2));
        configure(asked);
        dataplane.proxy.tables().removeInterfaceAddress(6, A, AddressFamily.IPV4, 0, ADDRESS);
        dataplane.proxy.tables().removeInterfaceAddress(7, A, AddressFamily.IPV6, NET6, 1);
        dataplane.settle();
        dataplane.run();
        assertThat(dataplane.sent(0)).isEmpty();
        assertThat(dataplane.punts.frames).hasSize(2);
    }

    @Test
    void shouldForgetAddressesThatAResynchronisationDoesNotAdd() throws IOException {
        List<byte[]> asked = List.of(frames("asked").get(0), frames("asked").get(2));
        configure(asked);
        dataplane.proxy.resyncBegin(6, 1);
        dataplane.port(0, asked);
        router(ROUTER, A, 0);
        dataplane.proxy.tables().removeInterfaceAddress(7, A, AddressFamily.IPV4, 0, ADDRESS);
        dataplane.proxy.resyncEnd(8, 1);
        dataplane.settle();
        dataplane.run();
        assertThat(dataplane.sent(0)).hasSize(1);
    }
}
