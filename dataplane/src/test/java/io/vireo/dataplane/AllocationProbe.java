package io.vireo.dataplane;

import com.sun.management.ThreadMXBean;
import io.vireo.dataplane.encapsulation.EspPeer;
import io.vireo.dataplane.encapsulation.GrePacket;
import io.vireo.dataplane.encapsulation.OuterFragments;
import io.vireo.dataplane.encapsulation.VnsPacket;
import io.vireo.dataplane.encapsulation.VxlanPacket;
import io.vireo.dataplane.membership.policy.MemberList;
import io.vireo.dataplane.membership.policy.MemberTuple;
import io.vireo.dataplane.schedule.policy.FilterPrefix;
import io.vireo.dataplane.schedule.policy.PortRange;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.DelayDistribution;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.command.ClassProxy;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.frame.PuntReader;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.EmulationSpec;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The main of a JVM without a collector: runs a whole data plane on ports that receive for ever, changes routes meanwhile, and
 * prints how many bytes the data plane's threads have allocated in the measured part. Arguments: directory, packets, changes.
 */
final class AllocationProbe {
    private static final long MAC = 0x020000000101L;
    private static final long HOST = 0x02000000aa01L;
    private static final long NET6 = 0x20010db800020000L;
    private static final int ROUTER = 7;
    private static final int MAX_WINDOWS = 8;
    private static final int LINK_CLASS = 100;
    private static final int TUNNEL = 4;
    private static final int GRE_TUNNEL = 5;
    private static final int GRE_KEY = 7;
    private static final int ALL = GreOptions.KEY | GreOptions.CHECKSUM | GreOptions.SEQUENCE;
    private static final int WIRE = 6;
    private static final int VNS_TUNNEL = 7;
    private static final int VPN_ID = 0x12345;
    private static final int WITH_LIST = 12;
    private static final int SHARED = 13;
    private static final int SHARED_VLAN = 34;
    private static final int CORE = 8;
    private static final int CORE_VLAN = 31;
    private static final int ESP_TUNNEL = 9;
    private static final EspPeer ESP = EspPeer.random(EspAlgorithm.AES_GCM_128, true, 4711);
    private static final long RATE = 1_000_000_000;
    private static final long[] NO_FILTER = {};
    private final SharedMemory memory;
    private final DataplaneProxy proxy;
    private final PuntReader punts;
    private final NextHops via = new NextHops();
    private final ClassSpec spec = new ClassSpec().linkShare(RATE, 0, RATE);
    private final EmulationSpec emulation = new EmulationSpec();
    private final PuntCounter counter = new PuntCounter();
    private long changes;

    private AllocationProbe(SharedMemory memory) {
        this.memory = memory;
        proxy = new DataplaneProxy(memory, TimeUnit.SECONDS.toNanos(5));
        punts = new PuntReader(memory, 0, counter);
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        long packets = Long.parseLong(arguments[1]);
        long changes = Long.parseLong(arguments[2]);
        writeFrames(directory);
        Context context = Context.conclude(
                new String[] {"vireo.node.dir=" + directory, "vireo.memory.mb=64", "vireo.mbufs=8191"}, Map.of());
        try (Dataplane running = Dataplane.start(context);
                SharedMemory memory = SharedMemory.map(directory.resolve("dataplane.shm"))) {
            AllocationProbe probe = new AllocationProbe(memory);
            probe.build(directory);
            probe.measure(packets, changes);
            System.out.println("punted " + probe.counter.punted + " in use " + running.buffersInUse());
        }
    }

    /**
     * Prints one line per window of so many packets and changes, until nothing was allocated in one: before that the JVM still
     * resolves and recompiles, which allocates a few bytes on the thread it happens to.
     */
    private void measure(long packets, long changesPerWindow) {
        long allocated = Long.MAX_VALUE;
        for (int window = 0; window < MAX_WINDOWS && allocated > 0; window++) {
            long[] before = allocated();
            long handledBefore = handled();
            long changesBefore = changes;
            drive(packets, changesPerWindow);
            long[] after = allocated();
            allocated = after[0] - before[0] + after[1] - before[1];
            System.out.println("window packets " + (handled() - handledBefore) + " changes "
                    + (changes - changesBefore) + " tunnelled " + tunnelled() + " emulated "
                    + memory.statisticsReader().interfaceCounts(WIRE).txPackets() + " worker " + (after[0] - before[0])
                    + " conductor "
                    + (after[1] - before[1]));
        }
    }

    /** Plain, tagged, IPv6, emulated wires, in and out of each kind of tunnel, local, expiring, broken, unknown: every way there is. */
    private static void writeFrames(Path directory) throws IOException {
        byte[] plain = TestFrames.ipv4(0x0a000102, 0x0a000202, 64, 22);
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(0x0a000102 + i, 0x0a000202, 64, 22)));
            frames.add(TestFrames.tagged(MAC, HOST, 20, 0x86dd, TestFrames.ipv6(NET6 + 1, i, NET6, 2, 17, 64, 20)));
            frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(0x0a000102 + i, 0x0a0a0000 + i, 64, 22)));
            frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(0x0a000102 + i, 0x0ac80001, 64, 22)));
            frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(0x0a000102 + i, 0x0ac90001, 64, 22)));
            frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(0x0a000102 + i, 0x0a0002ca, 64, 22)));
            frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(0x0a000102 + i, 0x0aca0001, 64, 22)));
            frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(0x0a000102 + i, 0x0acc0001, 64, 22)));
            LabelledProbe.add(frames, i, plain, tunnelled(GrePacket.PROTOCOL, LabelledProbe.inGre(i, plain), i));
            frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, tunnelled(EspPeer.PROTOCOL, esp(plain, i), i)));
            frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, tunnelled(4, plain, i)));
            for (byte[] fragment : fragments(plain, i)) {
                frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, fragment));
            }
            byte[] options = VnsPacket.options(VnsOption.EXPERIMENTAL_WITH_FLOW, VPN_ID, i);
            frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, VnsPacket.withOptions(tunnelled(4, plain, i), options)));
            frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(0x0a000102 + i, 0x0acb0001, 64, 22)));
            frames.add(TestFrames.tagged(
                    MAC, HOST, SHARED_VLAN, 0x0800, TestFrames.ipv4(0x0a000102 + i, 0x0a000202, 64, 22)));
            frames.add(TestFrames.tagged(MAC, HOST, CORE_VLAN, 0x0800, VnsPacket.withOptions(plain, options)));
            frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(0x0a000102 + i, 0x0ad10001, 64, 22)));
            frames.addAll(VirtualLinkProbe.frames(MAC, HOST, plain));
            byte[] header = GrePacket.header(GrePacket.IPV4, GRE_KEY, true, i, plain);
            frames.add(TestFrames.ethernet(
                    MAC, HOST, 0x0800, tunnelled(GrePacket.PROTOCOL, GrePacket.with(header, plain), i)));
        }
        for (int i = 0; i < 30; i++) {
            frames.add(TestFrames.tagged(MAC, HOST, FragmentProbe.VLAN, 0x0800, FragmentProbe.packet(i)));
            frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, VxlanProbe.toFar(i)));
            for (byte[] datagram : VxlanProbe.fromFar(MAC, HOST, plain)) {
                frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, tunnelled(VxlanPacket.PROTOCOL, datagram, i)));
            }
        }
        frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.with(plain, 8, 77)));
        frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(0x0a000102, 0x0a000202, 1, 22)));
        frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(0x0a000102, 0x0a000101, 9, 22)));
        frames.add(TestFrames.tagged(MAC, HOST, 99, 0x0800, plain));
        frames.add(TestFrames.ethernet(0xffffffffffffL, HOST, 0x0806, new byte[46]));
        Pcap.write(directory.resolve("frames"), frames);
    }

    /** True, and when it comes again a replay; or forged, and looked for ahead after a thousand of them (RFC 4303 §A3). */
    private static byte[] esp(byte[] plain, int number) {
        byte[] sealed = ESP.seal(plain, number + 1);
        if (number % 2 == 0) {
            sealed = ESP.seal(plain, number + 10_000);
            sealed[sealed.length - 1] ^= 1;
        }
        return sealed;
    }

    /** A packet of the tunnel in two fragments, and the first and an overlapping one of another, of which the rest is missing. */
    private static List<byte[]> fragments(byte[] plain, int number) {
        byte[] packet = tunnelled(4, plain, 0);
        return List.of(
                OuterFragments.piece(packet, 0, 24, number),
                OuterFragments.piece(packet, 24, packet.length - 20, number),
                OuterFragments.piece(packet, 0, 16, 1000 + number),
                OuterFragments.piece(packet, 8, 24, 1000 + number % 2));
    }

    /** A packet as the far end of the tunnel sends it. */
    private static byte[] tunnelled(int protocol, byte[] inner, int identification) {
        byte[] packet = TestFrames.ipv4(0x0a000202, 0x0a000101, 64, inner.length);
        packet[5] = (byte) identification;
        packet[9] = (byte) protocol;
        TestFrames.fixChecksum(packet, 20);
        System.arraycopy(inner, 0, packet, 20, inner.length);
        return packet;
    }

    private void build(Path directory) {
        for (int port = 0; port < 2; port++) {
            String device = "net_pcap_probe" + port + ",rx_pcap=" + directory.resolve("frames") + ",infinite_rx=1";
            proxy.topology().addPort(1, port, 1, 512, 1500, "p" + port, device);
        }
        proxy.topology().addRouter(2, ROUTER, 101, 1000, 10, "blue");
        LabelledProbe.buildAccess(proxy, ROUTER, MAC);
        proxy.tables().addRoute(5, ROUTER, AddressFamily.IPV4, 0, 0x0a000200, 24, RouteKind.UNICAST, onLink(2));
        proxy.tables().addRoute(6, ROUTER, AddressFamily.IPV4, 0, 0x0a000101, 32, RouteKind.LOCAL, NextHops.NONE);
        proxy.tables().addRoute(7, ROUTER, AddressFamily.IPV6, NET6, 0, 64, RouteKind.UNICAST, onLink(3));
        proxy.tables().addNeighbour(8, 2, AddressFamily.IPV4, 0, 0x0a000202, HOST);
        proxy.tables().addNeighbour(9, 3, AddressFamily.IPV6, NET6, 2, HOST);
        proxy.topology().addInterface(9, TestInterfaces.access(WIRE, ROUTER, 1, 30, MAC, 1500, "w"));
        proxy.tables().addRoute(9, ROUTER, AddressFamily.IPV4, 0, 0x0a0002c8, 29, RouteKind.UNICAST, onLink(WIRE));
        proxy.tables().addNeighbour(9, WIRE, AddressFamily.IPV4, 0, 0x0a0002ca, HOST);
        emulate(0);
        proxy.topology().addInterface(10, tunnel(TUNNEL));
        proxy.topology()
                .addInterface(
                        10, TestInterfaces.gre(tunnel(GRE_TUNNEL), ALL, GRE_KEY).tunnelModes(MODES));
        proxy.topology()
                .addInterface(
                        10,
                        TestInterfaces.vns(tunnel(VNS_TUNNEL), VnsOption.EXPERIMENTAL_WITH_FLOW, VPN_ID)
                                .tunnelModes(MODES));
        route(0x0aca0000, VNS_TUNNEL);
        route(0x0ac80000, TUNNEL);
        route(0x0ac90000, GRE_TUNNEL);
        proxy.topology()
                .addInterface(
                        10,
                        TestInterfaces.access(CORE, ROUTER, 1, CORE_VLAN, MAC, 1400, "c")
                                .vns(VnsOption.EXPERIMENTAL, VPN_ID));
        addMembers();
        proxy.tables().addNeighbour(10, CORE, AddressFamily.IPV4, 0, 0x0acb0001, HOST);
        route(0x0acb0000, CORE);
        VirtualLinkProbe.build(proxy, ROUTER, MAC, HOST);
        route(0x0ad10000, VirtualLinkProbe.LINK);
        proxy.topology().addInterface(10, TestInterfaces.esp(tunnel(ESP_TUNNEL), ESP.algorithm(), 64, true));
        proxy.keys().addSecurityAssociation(10, ESP.spec(ESP_TUNNEL, true, memory.incarnation(), 1));
        proxy.keys().addSecurityAssociation(10, ESP.spec(ESP_TUNNEL, false, memory.incarnation(), 1));
        route(0x0acc0000, ESP_TUNNEL);
        FragmentProbe.build(proxy, MAC, HOST);
        VxlanProbe.build(proxy, tunnel(VxlanProbe.TUNNEL), ROUTER, MAC, HOST);
        LabelledProbe.build(proxy, ROUTER, AllocationProbe::tunnel, MODES);
        proxy.classes().setPortRate(10, 1, 40_000_000_000L, ClassProxy.ETHERNET_OVERHEAD_BYTES);
        proxy.classes().addClass(11, LINK_CLASS, 0, 1, 2, spec, "link");
    }

    private static final int MODES =
            TunnelModes.UNIFORM_TTL | TunnelModes.UNIFORM_DSCP | TunnelModes.PLAIN_ECN | TunnelModes.CLAMP_MSS;

    private static InterfaceSpec tunnel(int id) {
        return TestInterfaces.tunnel(id, ROUTER, ROUTER, AddressFamily.IPV4, 0, 0x0a000101, 0, 0x0a000202, "t" + id);
    }

    /** Everything that an emulated wire may do; each time a little else. */
    private void emulate(long n) {
        proxy.emulations()
                .setEmulation(
                        33,
                        WIRE,
                        emulation
                                .delay(1_000_000 + n % 1_000, 100_000, DelayDistribution.NORMAL, false)
                                .rate(1_000_000_000, 1_000_000)
                                .limitPackets(1_000)
                                .loss(1_000_000)
                                .burst(1_000_000, 100_000_000, EmulationSpec.ALWAYS, 0)
                                .reorder(10_000_000)
                                .duplicate(10_000_000));
    }

    private void addMembers() {
        proxy.topology().addInterface(10, TestInterfaces.access(WITH_LIST, ROUTER, 1, SHARED_VLAN, MAC, 1400, "m"));
        proxy.topology()
                .addInterface(
                        10,
                        TestInterfaces.access(SHARED, ROUTER, 1, SHARED_VLAN, MAC, 1400, "s")
                                .vns(VnsOption.SHARED, VPN_ID));
        proxy.members().setMembers(10, WITH_LIST, members(0));
    }

    /** By hosts, and by ports; each time others. */
    private static long[] members(long n) {
        List<MemberTuple> tuples = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            FilterPrefix host = new FilterPrefix(true, 0, 0x0a000102 + (i & 0x3f), 32);
            tuples.add(new MemberTuple(VPN_ID, 17, null, PortRange.of((int) (n + i) & 0xffff), host, null));
            tuples.add(new MemberTuple(VPN_ID, MemberTuple.ANY, null, null, host, null));
        }
        return new MemberList(tuples, List.of(), MemberList.Otherwise.OWN, 0).image();
    }

    /** Classes below the link class come, change and go, with a filter's default. */
    private void changeClass(long n) {
        int id = LINK_CLASS + 1 + (int) (n % 8);
        switch ((int) (n / 8 % 4)) {
            case 0, 1 ->
                proxy.classes()
                        .addClass(30, id, LINK_CLASS, 1, 2, spec.linkShare(RATE + n % 64, 0, RATE + n % 64), "c");
            case 2 -> proxy.classes().setClassFilter(31, 2, id, NO_FILTER);
            default -> proxy.classes().removeClass(32, id);
        }
    }

    private void route(long prefix, int interfaceId) {
        proxy.tables().addRoute(10, ROUTER, AddressFamily.IPV4, 0, prefix, 16, RouteKind.UNICAST, onLink(interfaceId));
    }

    private NextHops onLink(int interfaceId) {
        return via.clear().add(interfaceId, 0, 0, 1);
    }

    private long handled() {
        var statistics = memory.statisticsReader();
        return statistics.portCounts(0).rxPackets() + statistics.portCounts(1).rxPackets();
    }

    /** In and out of each tunnel, a VPN-ID's interface and a virtual link, into the encrypted tunnel, fragments and so on: the least. */
    private long tunnelled() {
        long encrypted = memory.statisticsReader().interfaceCounts(ESP_TUNNEL).txPackets();
        long reassembled = memory.statisticsReader().answers(ROUTER)[AnswerKind.REASSEMBLED.code()];
        long members = memory.statisticsReader().interfaceCounts(SHARED).rxPackets();
        long fragments = FragmentProbe.min(memory.statisticsReader());
        long labelled = Math.min(tunnelled(LabelledProbe.IN_GRE), tunnelled(LabelledProbe.ON_LINK));
        return IntStream.concat(
                        VirtualLinkProbe.all(), IntStream.of(TUNNEL, GRE_TUNNEL, VNS_TUNNEL, VxlanProbe.TUNNEL, CORE))
                .mapToLong(this::tunnelled)
                .reduce(
                        LongStream.of(labelled, members, encrypted, reassembled, fragments)
                                .min()
                                .orElse(0),
                        Math::min);
    }

    private long tunnelled(int tunnel) {
        var counts = memory.statisticsReader().interfaceCounts(tunnel);
        return Math.min(counts.rxPackets(), counts.txPackets());
    }

    private void drive(long packets, long changesWanted) {
        long packetGoal = handled() + packets;
        long changeGoal = changes + changesWanted;
        while (changes < changeGoal || handled() < packetGoal) {
            for (int n = 0; n < 1_000 && changes < changeGoal; n++) {
                change();
            }
            punts.poll(1_000);
            pause();
        }
    }

    /** One change: routes of both families, groups and gateways, added, replaced and removed; now and then a neighbour. */
    private void change() {
        long n = changes++;
        if (n % 16 == 0) {
            changeClass(n / 16);
            emulate(n);
        }
        if (n % 256 == 0) {
            proxy.members().setMembers(34, WITH_LIST, members(n / 256));
        }
        int slot = (int) (n % 4_000);
        boolean isAdd = n / 4_000 % 3 < 2;
        long prefix4 = 0x0a0a0000L + ((long) slot << 8);
        long prefix6 = NET6 + 0x10000L + slot;
        if (!isAdd) {
            proxy.tables().removeRoute(20, ROUTER, AddressFamily.IPV4, 0, prefix4, 24);
            proxy.tables().removeRoute(21, ROUTER, AddressFamily.IPV6, prefix6, 0, 64);
            return;
        }
        via.clear().add(2, 0, 0x0a000202 + n % 50, 1);
        if (n % 3 == 0) {
            via.add(0, 0, 0x0a000102 + n % 5, 2);
        }
        proxy.tables().addRoute(22, ROUTER, AddressFamily.IPV4, 0, prefix4, 24, RouteKind.UNICAST, via);
        proxy.tables().addRoute(23, ROUTER, AddressFamily.IPV6, prefix6, 0, 64, RouteKind.UNICAST, onLink(3));
        if (n % 10 == 0) {
            proxy.tables().addNeighbour(24, 2, AddressFamily.IPV4, 0, 0x0a000203 + n % 40, HOST + n);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes the worker and the conductor have allocated since they began. */
    private static long[] allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] bytes = new long[2];
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("worker")) {
                bytes[0] += threads.getThreadAllocatedBytes(thread.threadId());
            } else if (thread.getName().startsWith("conductor")) {
                bytes[1] += threads.getThreadAllocatedBytes(thread.threadId());
            }
        }
        if (bytes[0] == 0 || bytes[1] == 0) {
            throw new AssertionError("the data plane's threads were not found, or not counted");
        }
        return bytes;
    }
}
