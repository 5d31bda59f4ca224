package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.schedule.policy.ClassFilterCompiler;
import io.vireo.dataplane.schedule.policy.ClassFilterRule;
import io.vireo.dataplane.schedule.policy.PortRange;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** IPv4 packets that are longer than the MTU of the way they go. */
class FragmentationTest {
    private static final long MAC = 0x020000000101L;
    private static final long PEER = 0x020000000102L;
    private static final long HOST = 0x02000000aa01L;
    private static final int[] MTUS = {1400, 1401, 1402, 1403, 1404, 1405, 1406, 1407, 1480, 576, 300, 1006};
    private static final int FROM = 0x0a000102;
    private static final int ROUTER = 7;
    private static final int IN = 10;
    private static final int OUT = 20;
    private static final int VLAN = 40;
    private static final int TAGGED_BYTES = 18;
    private static final int MAX_PAYLOAD = 1480;
    private static final int PACKETS = 600;
    private static final int BURST = 64;
    private static final long SECOND_NS = 1_000_000_000L;

    private final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);
    private final Random random = new Random(20261129);

    @AfterEach
    void everyBufferComesHome() {
        dataplane.close();
    }

    /** A port for what comes, and an interface of each MTU on another, with a host behind. */
    private void configure(List<byte[]> frames, int... mtus) {
        dataplane.port(0, frames);
        dataplane.port(1);
        dataplane.proxy.topology().addRouter(1, ROUTER, 101, 1_000_000, 1_000, "blue");
        dataplane.proxy.topology().addInterface(2, TestInterfaces.access(IN, ROUTER, 0, 0, MAC, 1500, "in"));
        for (int k = 0; k < mtus.length; k++) {
            dataplane
                    .proxy
                    .topology()
                    .addInterface(3, TestInterfaces.access(OUT + k, ROUTER, 1, VLAN + k, MAC, mtus[k], "out"));
            reach(ROUTER, OUT + k, to(k), HOST);
        }
        dataplane.settle();
    }

    private void reach(int router, int interfaceId, int address, long mac) {
        NextHops hops = new NextHops().add(interfaceId, 0, address, 1);
        dataplane
                .proxy
                .tables()
                .addRoute(4, router, AddressFamily.IPV4, 0, address & ~0xff, 24, RouteKind.UNICAST, hops);
        dataplane.proxy.tables().addNeighbour(5, interfaceId, AddressFamily.IPV4, 0, address, mac);
    }

    private static int to(int k) {
        return 0x0b000002 + (k << 8);
    }

    /** A packet with any identification and offset: a whole one, or a fragment. */
    private byte[] packet(int destination, int payload) {
        byte[] packet = TestFrames.ipv4(FROM, destination, 2 + random.nextInt(200), payload);
        packet[1] = (byte) random.nextInt();
        packet[4] = (byte) random.nextInt();
        packet[5] = (byte) random.nextInt();
        int flags = random.nextInt(3) == 0 ? 0x2000 | random.nextInt(5_000) : 0;
        packet[6] = (byte) (flags >> 8);
        packet[7] = (byte) flags;
        for (int n = 20; n < packet.length; n++) {
            packet[n] = (byte) random.nextInt();
        }
        TestFrames.fixChecksum(packet, 20);
        return packet;
    }

    private static byte[] frame(byte[] packet) {
        return TestFrames.ethernet(MAC, HOST, 0x0800, packet);
    }

    private static List<byte[]> frames(List<byte[]> packets) {
        return packets.stream().map(FragmentationTest::frame).toList();
    }

    private static byte[] forwarded(byte[] packet) {
        byte[] after = TestFrames.with(packet, 8, packet[8] - 1);
        TestFrames.fixChecksum(after, 20);
        return after;
    }

    @Test
    void shouldSendFragmentsThatMakeThePacketAgain() {
        List<byte[]> packets = new ArrayList<>();
        List<Integer> egresses = new ArrayList<>();
        for (int n = 0; n < PACKETS; n++) {
            int k = random.nextInt(MTUS.length);
            egresses.add(k);
            packets.add(packet(to(k), random.nextInt(MTUS[k] - 19, MAX_PAYLOAD + 1)));
        }
        configure(frames(packets), MTUS);
        dataplane.run();
        assertThat(dataplane.punts.frames).isEmpty();
        assertThat(dataplane.statistics().answers(ROUTER)[AnswerKind.FRAGMENTED.code()])
                .isEqualTo(PACKETS);
        long counted = 0;
        for (int k = 0; k < MTUS.length; k++) {
            counted += dataplane.statistics().interfaceCounts(OUT + k).txPackets();
        }
        assertThat(dataplane.statistics().routerCounts(ROUTER).dropPackets()).isZero();
        List<byte[]> sent = dataplane.sent(1);
        assertThat(counted).isEqualTo(sent.size());
        assertMakePackets(sent, packets, egresses);
    }

    private static void assertMakePackets(List<byte[]> sent, List<byte[]> packets, List<Integer> egresses) {
        int next = 0;
        for (int n = 0; n < packets.size(); n++) {
            int mtu = MTUS[egresses.get(n)];
            int bytes = packets.get(n).length - 20;
            int end = next;
            while (bytes > 0) {
                bytes -= sent.get(end++).length - TAGGED_BYTES - 20;
            }
            List<byte[]> fragments = sent.subList(next, end);
            byte[] header = TestFrames.tagged(HOST, MAC, VLAN + egresses.get(n), 0x0800, new byte[0]);
            assertThat(fragments)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(each -> assertThat(each).startsWith(header));
            assertThat(Fragments.together(Fragments.packets(fragments, TAGGED_BYTES), mtu))
                    .as("packet %d", n)
                    .isEqualTo(forwarded(packets.get(n)));
            next = end;
        }
        assertThat(next).isEqualTo(sent.size());
    }

    @Test
    void shouldFragmentFragmentsAgainBehindALinkOfTheNode() {
        byte[] packet = packet(0x0c000002, MAX_PAYLOAD);
        configure(List.of(frame(packet)));
        dataplane.proxy.topology().addRouter(1, ROUTER + 1, 102, 1000, 100, "red");
        dataplane.proxy.topology().addInterface(2, TestInterfaces.link(30, ROUTER, 31, MAC, 1000, "here"));
        dataplane.proxy.topology().addInterface(3, TestInterfaces.link(31, ROUTER + 1, 30, PEER, 1000, "there"));
        dataplane.proxy.topology().addInterface(4, TestInterfaces.access(OUT, ROUTER + 1, 1, VLAN, PEER, 500, "out"));
        reach(ROUTER, 30, 0x0c000002, PEER);
        reach(ROUTER + 1, OUT, 0x0c000002, HOST);
        dataplane.settle();
        dataplane.run();
        List<byte[]> sent = Fragments.packets(dataplane.sent(1), TAGGED_BYTES);
        assertThat(sent).extracting(each -> each.length).containsExactly(500, 500, 36, 500, 44);
        byte[] first = Fragments.together(sent.subList(0, 3), 500);
        byte[] second = Fragments.together(sent.subList(3, 5), 500);
        assertThat(Fragments.together(List.of(first, second), 1000)).isEqualTo(forwarded(forwarded(packet)));
    }

    @Test
    void shouldLeaveToTheKernelWhatMustNotBeFragmented() {
        byte[] whole = frame(TestFrames.ipv4(FROM, to(0), 64, MAX_PAYLOAD)); // DF
        byte[] options = packet(to(0), MAX_PAYLOAD - 4);
        options[0] = 0x46;
        TestFrames.fixChecksum(options, 24);
        byte[] beyond = packet(to(0), MAX_PAYLOAD);
        beyond[6] = 0x1f;
        beyond[7] = (byte) 0xf0;
        TestFrames.fixChecksum(beyond, 20);
        List<byte[]> left = List.of(whole, frame(options), frame(beyond));
        configure(left, 1400);
        dataplane.run();
        assertThat(dataplane.punts.frames).containsExactlyInAnyOrderElementsOf(left);
        assertThat(dataplane.punts.reasons)
                .containsExactlyInAnyOrder(
                        PuntReason.TOO_BIG.code(), PuntReason.OPTIONS.code(), PuntReason.TOO_BIG.code());
        assertThat(dataplane.sent(1)).isEmpty();
    }

    /** With an MTU so small that a burst becomes more fragments than there is room for, here and in the port's queue. */
    @Test
    void shouldAccountForEachFragmentWhenThereAreMoreThanARoundTakes() {
        List<byte[]> packets = new ArrayList<>();
        for (int n = 0; n < 2 * BURST; n++) {
            packets.add(packet(to(0), MAX_PAYLOAD));
        }
        configure(frames(packets), 68);
        dataplane.run();
        long fragmented = dataplane.statistics().answers(ROUTER)[AnswerKind.FRAGMENTED.code()];
        assertThat(fragmented).isPositive();
        assertThat(fragmented + dataplane.punts.frames.size()).isEqualTo(packets.size());
        long overPortQueue = dataplane.statistics().routerCounts(ROUTER).dropPackets();
        assertThat(dataplane.drops(ROUTER, DropReason.QUEUE_FULL)).isEqualTo(overPortQueue);
        assertThat(dataplane.sent(1).size() + overPortQueue).isEqualTo(fragmented * 31);
    }

    @Test
    void shouldCountWhatFindsNoBuffers() {
        List<byte[]> packets = new ArrayList<>();
        for (int n = 0; n < BURST; n++) {
            packets.add(packet(to(0), MAX_PAYLOAD));
        }
        configure(frames(packets), 300);
        dataplane.leave(3 * BURST);
        dataplane.run();
        long fragmented = dataplane.statistics().answers(ROUTER)[AnswerKind.FRAGMENTED.code()];
        long dropped = dataplane.drops(ROUTER, DropReason.NO_BUFFER);
        assertThat(dropped).isPositive();
        assertThat(fragmented + dropped)
                .isEqualTo(dataplane.statistics().interfaceCounts(IN).rxPackets())
                .isPositive();
    }

    /** Of its fragments only the first shows the ports by which the class is chosen. */
    @Test
    void shouldPutAllFragmentsIntoTheClassOfTheirDatagram() {
        byte[] packet = packet(to(0), MAX_PAYLOAD);
        packet[22] = 0;
        packet[23] = 53;
        packet[6] = 0;
        packet[7] = 0;
        TestFrames.fixChecksum(packet, 20);
        configure(List.of(frame(packet)), 300);
        var classes = dataplane.proxy.classes();
        classes.setPortRate(1, 1, 10_000_000, 24);
        classes.addClass(2, 1, 0, 1, OUT, ClassRig.guarantee(9_000_000), "link");
        classes.addClass(3, 2, 1, 1, OUT, ClassRig.share(5_000_000), "names");
        classes.addClass(4, 3, 1, 1, OUT, ClassRig.share(5_000_000), "bulk");
        ClassFilterRule names =
                new ClassFilterRule(2, ClassFilterRule.ANY, 17, null, new PortRange(53, 53), null, null);
        classes.setClassFilter(5, OUT, 3, ClassFilterCompiler.compile(List.of(names), 0));
        for (int n = 0; n < 10; n++) {
            dataplane.conduct();
            dataplane.round();
        }
        for (int n = 0; n < 10; n++) {
            dataplane.advance(SECOND_NS / 10);
            dataplane.run();
        }
        assertThat(dataplane.statistics().classCounts(2).sentPackets()).isEqualTo(6);
        assertThat(dataplane.statistics().classCounts(3).sentPackets()).isZero();
    }
}
