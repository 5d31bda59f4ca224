package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.Call;
import io.vireo.dataplane.wire.Pick;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.sbe.SetMembersDecoder;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.EmulationSpec;
import io.vireo.dataplane.wire.value.FilterChunk;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import java.util.List;
import java.util.Random;

/** Sends random valid commands, and tells which call of the handler each must become. */
public final class RandomCommands {
    private final Random random;
    private final DataplaneProxy proxy;
    private final List<Command> commands = List.of(
            this::addPort,
            this::removePort,
            this::setPortLink,
            this::detachPort,
            this::addRouter,
            this::setPuntBudget,
            this::removeRouter,
            this::addAccessInterface,
            this::addLinkInterface,
            this::addSubstrateInterface,
            this::addIpIpInterface,
            this::addGreInterface,
            this::addEspInterface,
            this::addVnsInterface,
            this::addVxlanInterface,
            this::addMplsInterface,
            this::removeInterface,
            this::setInterfaceState,
            this::setInterfaceLink,
            this::setEmulation,
            this::endEmulation,
            this::setMembers,
            this::addInterfaceMac,
            this::removeInterfaceMac,
            this::addInterfaceAddress,
            this::removeInterfaceAddress,
            this::addNeighbour,
            this::removeNeighbour,
            this::addUnicastRoute,
            this::addOtherRoute,
            this::removeRoute,
            this::setFlowSeed,
            this::resyncBegin,
            this::resyncEnd,
            this::dumpRoutes,
            this::dumpNeighbours,
            this::startCapture,
            this::stopCapture,
            this::setPortRate,
            this::addClass,
            this::removeClass,
            this::setClassFilter,
            this::setQuota,
            this::dumpScheduling,
            this::addSecurityAssociation,
            this::removeSecurityAssociation,
            this::dumpSecurityAssociations,
            this::addLabel,
            this::addLocalLabel,
            this::removeLabel,
            this::dumpLabels,
            this::barrier);

    /** Sends a command with the given correlation id; returns the call that must come of it, or null when refused. */
    interface Command {
        Sent send(long correlationId);
    }

    /** What became of a command: whether the ring took it, and the expected call. */
    record Sent(boolean isTaken, Call expected) {}

    public RandomCommands(Random random, DataplaneProxy proxy) {
        this.random = random;
        this.proxy = proxy;
    }

    public int kinds() {
        return commands.size();
    }

    public Sent send(int kind) {
        return commands.get(kind).send(random.nextLong() >>> 1);
    }

    private Sent addPort(long id) {
        int port = random.nextInt(64);
        int queues = 1 + random.nextInt(2);
        int descriptors = 32 << random.nextInt(11);
        int mtu = random.nextInt(68, 9601);
        String name = text(63);
        String devargs = text(511);
        return new Sent(
                proxy.topology().addPort(id, port, queues, descriptors, mtu, name, devargs),
                Call.of("onAddPort", id, port, queues, descriptors, mtu, name, devargs));
    }

    private Sent removePort(long id) {
        int port = random.nextInt(64);
        return new Sent(proxy.topology().removePort(id, port), Call.of("onRemovePort", id, port));
    }

    private Sent setPortLink(long id) {
        int port = random.nextInt(64);
        boolean up = random.nextBoolean();
        return new Sent(proxy.topology().setPortLink(id, port, up), Call.of("onSetPortLink", id, port, up));
    }

    private Sent detachPort(long id) {
        int port = random.nextInt(64);
        return new Sent(proxy.topology().detachPort(id, port), Call.of("onDetachPort", id, port));
    }

    private Sent setInterfaceLink(long id) {
        int interfaceId = interfaceId();
        long mac = mac();
        int mtu = random.nextInt(68, 9601);
        return new Sent(
                proxy.topology().setInterfaceLink(id, interfaceId, mac, mtu),
                Call.of("onSetInterfaceLink", id, interfaceId, mac, mtu));
    }

    private Sent setEmulation(long id) {
        return setEmulation(id, RandomEmulations.next(random));
    }

    private Sent endEmulation(long id) {
        return setEmulation(id, new EmulationSpec());
    }

    private Sent setEmulation(long id, EmulationSpec spec) {
        int interfaceId = interfaceId();
        return new Sent(
                proxy.emulations().setEmulation(id, interfaceId, spec),
                Call.of("onSetEmulation", id, interfaceId, spec));
    }

    private Sent setMembers(long id) {
        int interfaceId = interfaceId();
        int total = random.nextInt(SetMembersDecoder.totalLongsMaxValue());
        int size = Math.min(total, 1 + random.nextInt(FilterChunk.MAX));
        int first = total == 0 ? 0 : random.nextInt(total - size + 1);
        FilterChunk part = new FilterChunk().set(random.longs(size).toArray(), 0, size);
        return new Sent(
                proxy.members().setMembers(id, interfaceId, total, first, part),
                Call.of("onSetMembers", id, interfaceId, total, first, part));
    }

    private Sent addInterfaceMac(long id) {
        int interfaceId = interfaceId();
        long mac = mac();
        return new Sent(
                proxy.topology().addInterfaceMac(id, interfaceId, mac),
                Call.of("onAddInterfaceMac", id, interfaceId, mac));
    }

    private Sent removeInterfaceMac(long id) {
        int interfaceId = interfaceId();
        long mac = mac();
        return new Sent(
                proxy.topology().removeInterfaceMac(id, interfaceId, mac),
                Call.of("onRemoveInterfaceMac", id, interfaceId, mac));
    }

    private Sent addRouter(long id) {
        int router = router();
        long vpn = random.nextLong(1L << 32);
        int rate = random.nextInt(Integer.MAX_VALUE);
        int burst = random.nextInt(Integer.MAX_VALUE);
        String name = text(127);
        return new Sent(
                proxy.topology().addRouter(id, router, vpn, rate, burst, name),
                Call.of("onAddRouter", id, router, vpn, rate, burst, name));
    }

    private Sent setPuntBudget(long id) {
        int router = router();
        int puntClass = random.nextInt(PuntClass.values().length);
        int rate = random.nextInt(Integer.MAX_VALUE);
        int burst = random.nextInt(Integer.MAX_VALUE);
        return new Sent(
                proxy.topology().setPuntBudget(id, router, puntClass, rate, burst, rate / 2, burst / 3),
                Call.of("onSetPuntBudget", id, router, puntClass, rate, burst, rate / 2, burst / 3));
    }

    private Sent removeRouter(long id) {
        int router = router();
        return new Sent(proxy.topology().removeRouter(id, router), Call.of("onRemoveRouter", id, router));
    }

    private Sent addAccessInterface(long id) {
        int option = random.nextInt(4);
        int vpnId = option == VnsOption.NONE ? 0 : random.nextInt(1 << 16);
        option = option == VnsOption.EXPERIMENTAL_WITH_FLOW ? VnsOption.SHARED : option;
        return addInterface(
                id,
                interfaceSpec()
                        .access(random.nextInt(64), random.nextInt(4095))
                        .vns(option, vpnId)
                        .takesLabels(random.nextBoolean()));
    }

    private Sent addLinkInterface(long id) {
        return addInterface(
                id, interfaceSpec().id(random.nextInt(500), router()).link(500 + random.nextInt(500)));
    }

    private Sent addSubstrateInterface(long id) {
        long local = 2L * (1 + random.nextInt(1 << 20));
        return addInterface(
                id,
                interfaceSpec()
                        .id(random.nextInt(500), router())
                        .substrate(
                                random.nextInt(64),
                                random.nextInt(4095),
                                local,
                                local + 2,
                                1 + random.nextInt((1 << 24) - 1),
                                0x88b5 + random.nextInt(9),
                                random.nextInt(8))
                        .crossesTo(random.nextBoolean() ? InterfaceSpec.NONE : 500 + random.nextInt(500)));
    }

    private Sent addIpIpInterface(long id) {
        AddressFamily family = family();
        InterfaceSpec spec = tunnelSpec(Encapsulation.IPIP).tunnelModes(TunnelModes.fixedDscp(random.nextInt(64)));
        spec.tunnel()
                .keepalive(family, high(family), low(family) | 1, 100 + random.nextInt(59_901), 1 + random.nextInt(10));
        return addInterface(id, spec);
    }

    private Sent addGreInterface(long id) {
        int options = random.nextInt(16);
        int key = (options & GreOptions.KEY) != 0 ? random.nextInt() : 0;
        return addInterface(id, tunnelSpec(Encapsulation.GRE).gre(options, key));
    }

    private Sent addEspInterface(long id) {
        EspAlgorithm algorithm = List.of(EspAlgorithm.values()).get(1 + random.nextInt(3));
        InterfaceSpec spec =
                tunnelSpec(Encapsulation.ESP).esp(algorithm, 64 << random.nextInt(7), random.nextBoolean());
        spec.tunnel().espInUdp(random.nextInt(65_536));
        return addInterface(id, spec);
    }

    private Sent addSecurityAssociation(long id) {
        SecurityAssociationSpec spec = new SecurityAssociationSpec()
                .of(interfaceId(), random.nextBoolean(), spi())
                .key(random.nextInt(), random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong())
                .once(random.nextLong(), 1 + random.nextLong(Long.MAX_VALUE))
                .lifetime(
                        1 + random.nextLong(Long.MAX_VALUE),
                        1 + random.nextLong(Long.MAX_VALUE),
                        1 + random.nextInt(Integer.MAX_VALUE));
        return new Sent(proxy.keys().addSecurityAssociation(id, spec), Call.of("onAddSecurityAssociation", id, spec));
    }

    private Sent removeSecurityAssociation(long id) {
        int interfaceId = interfaceId();
        int spi = spi();
        boolean isOutbound = random.nextBoolean();
        return new Sent(
                proxy.keys().removeSecurityAssociation(id, interfaceId, spi, isOutbound),
                Call.of("onRemoveSecurityAssociation", id, interfaceId, spi, isOutbound));
    }

    private Sent dumpSecurityAssociations(long id) {
        return new Sent(proxy.keys().dumpSecurityAssociations(id), Call.of("onDumpSecurityAssociations", id));
    }

    private int spi() {
        return (int) random.nextLong(256, 1L << 32);
    }

    private Sent addVnsInterface(long id) {
        int option = 1 + random.nextInt(3);
        int vpnId = option == VnsOption.STREAM_ID ? random.nextInt(1 << 16) : random.nextInt();
        return addInterface(
                id, tunnelSpec(Encapsulation.VNS, AddressFamily.IPV4).vns(option, vpnId));
    }

    private Sent addVxlanInterface(long id) {
        int udpPort = 1 + random.nextInt(65_535);
        return addInterface(id, tunnelSpec(Encapsulation.VXLAN).vxlan(udpPort, random.nextInt(1 << 24)));
    }

    private Sent addMplsInterface(long id) {
        Encapsulation kind = random.nextBoolean() ? Encapsulation.MPLS_GRE : Encapsulation.MPLS;
        return addInterface(id, tunnelSpec(kind).mpls(label(), label()));
    }

    private int label() {
        return random.nextInt(16, 1 << 20);
    }

    private InterfaceSpec tunnelSpec(Encapsulation encapsulation) {
        return tunnelSpec(encapsulation, family());
    }

    private InterfaceSpec tunnelSpec(Encapsulation encapsulation, AddressFamily family) {
        return interfaceSpec()
                .tunnel(
                        encapsulation,
                        router(),
                        family,
                        high(family),
                        low(family) & ~2,
                        high(family),
                        low(family) | 2,
                        1 + random.nextInt(255))
                .tunnelModes(random.nextInt(4) | random.nextInt(4) << 3);
    }

    private InterfaceSpec interfaceSpec() {
        return new InterfaceSpec()
                .id(interfaceId(), router())
                .mac(mac())
                .mtuBytes(random.nextInt(68, 9601))
                .name(text(15));
    }

    private Sent addInterface(long id, InterfaceSpec spec) {
        return new Sent(proxy.topology().addInterface(id, spec), Call.of("onAddInterface", id, spec));
    }

    private Sent removeInterface(long id) {
        int interfaceId = interfaceId();
        return new Sent(
                proxy.topology().removeInterface(id, interfaceId), Call.of("onRemoveInterface", id, interfaceId));
    }

    private Sent setInterfaceState(long id) {
        int interfaceId = interfaceId();
        boolean up = random.nextBoolean();
        return new Sent(
                proxy.topology().setInterfaceState(id, interfaceId, up),
                Call.of("onSetInterfaceState", id, interfaceId, up));
    }

    private Sent addInterfaceAddress(long id) {
        int interfaceId = interfaceId();
        AddressFamily family = family();
        long high = high(family);
        long low = low(family);
        AddressUse use = random.nextBoolean() ? AddressUse.ANSWER : AddressUse.SOURCE;
        return new Sent(
                proxy.tables().addInterfaceAddress(id, interfaceId, family, high, low, use),
                Call.of("onAddInterfaceAddress", id, interfaceId, family, high, low, use));
    }

    private Sent removeInterfaceAddress(long id) {
        int interfaceId = interfaceId();
        AddressFamily family = family();
        long high = high(family);
        long low = low(family);
        return new Sent(
                proxy.tables().removeInterfaceAddress(id, interfaceId, family, high, low),
                Call.of("onRemoveInterfaceAddress", id, interfaceId, family, high, low));
    }

    private Sent addNeighbour(long id) {
        int interfaceId = interfaceId();
        AddressFamily family = family();
        long high = high(family);
        long low = low(family);
        long mac = mac();
        return new Sent(
                proxy.tables().addNeighbour(id, interfaceId, family, high, low, mac),
                Call.of("onAddNeighbour", id, interfaceId, family, high, low, mac));
    }

    private Sent removeNeighbour(long id) {
        int interfaceId = interfaceId();
        AddressFamily family = family();
        long high = high(family);
        long low = low(family);
        return new Sent(
                proxy.tables().removeNeighbour(id, interfaceId, family, high, low),
                Call.of("onRemoveNeighbour", id, interfaceId, family, high, low));
    }

    private Sent addUnicastRoute(long id) {
        AddressFamily family = family();
        int length = random.nextInt(family == AddressFamily.IPV4 ? 33 : 129);
        long high = masked(family, length, high(family), low(family))[0];
        long low = masked(family, length, high(family), low(family))[1];
        int router = router();
        NextHops hops = labelledNextHops(family, random);
        return new Sent(
                proxy.tables().addRoute(id, router, family, high, low, length, RouteKind.UNICAST, hops),
                Call.of("onAddRoute", id, router, family, high, low, length, RouteKind.UNICAST, hops));
    }

    private Sent addOtherRoute(long id) {
        RouteKind[] others = {
            RouteKind.LOCAL, RouteKind.BLACKHOLE, RouteKind.UNREACHABLE, RouteKind.PROHIBIT, RouteKind.PUNT
        };
        RouteKind kind = Pick.from(random, others);
        int router = router();
        long low = random.nextLong(1L << 32);
        return new Sent(
                proxy.tables().addRoute(id, router, AddressFamily.IPV4, 0, low, 32, kind, NextHops.NONE),
                Call.of("onAddRoute", id, router, AddressFamily.IPV4, 0L, low, 32, kind, NextHops.NONE));
    }

    private Sent removeRoute(long id) {
        int router = router();
        long high = random.nextLong();
        int length = random.nextInt(64, 129);
        return new Sent(
                proxy.tables().removeRoute(id, router, AddressFamily.IPV6, high, 0, length),
                Call.of("onRemoveRoute", id, router, AddressFamily.IPV6, high, 0L, length));
    }

    private Sent addLabel(long id) {
        LabelSpec spec = labelSpec(random);
        for (int n = random.nextInt(LabelSpec.MAX_OUT + 1); n > 0; n--) {
            spec.push(outLabel(random));
        }
        NextHops hops = nextHops(AddressFamily.IPV4, random);
        return new Sent(proxy.labels().addLabel(id, spec, hops), Call.of("onAddLabel", id, spec, hops));
    }

    private Sent addLocalLabel(long id) {
        LabelSpec spec = labelSpec(random).local(random.nextInt(-1, 1000));
        return new Sent(
                proxy.labels().addLabel(id, spec, NextHops.NONE), Call.of("onAddLabel", id, spec, NextHops.NONE));
    }

    /** A label that is taken off. */
    public static LabelSpec labelSpec(Random random) {
        return new LabelSpec().of(random.nextInt(100), label(random)).uniform(random.nextBoolean());
    }

    private static int label(Random random) {
        return random.nextInt(16, 1 << 20);
    }

    private Sent removeLabel(long id) {
        int router = router();
        int label = label(random);
        return new Sent(proxy.labels().removeLabel(id, router, label), Call.of("onRemoveLabel", id, router, label));
    }

    private Sent dumpLabels(long id) {
        return new Sent(proxy.labels().dumpLabels(id), Call.of("onDumpLabels", id));
    }

    private Sent setFlowSeed(long id) {
        long seed = random.nextLong();
        return new Sent(proxy.tables().setFlowSeed(id, seed), Call.of("onSetFlowSeed", id, seed));
    }

    private Sent resyncBegin(long id) {
        long epoch = 1 + random.nextLong(Long.MAX_VALUE);
        return new Sent(proxy.resyncBegin(id, epoch), Call.of("onResyncBegin", id, epoch));
    }

    private Sent resyncEnd(long id) {
        long epoch = 1 + random.nextLong(Long.MAX_VALUE);
        return new Sent(proxy.resyncEnd(id, epoch), Call.of("onResyncEnd", id, epoch));
    }

    private Sent dumpRoutes(long id) {
        int router = router();
        return new Sent(proxy.tables().dumpRoutes(id, router), Call.of("onDumpRoutes", id, router));
    }

    private Sent dumpNeighbours(long id) {
        int router = router();
        return new Sent(proxy.tables().dumpNeighbours(id, router), Call.of("onDumpNeighbours", id, router));
    }

    private Sent dumpScheduling(long id) {
        return new Sent(proxy.classes().dumpScheduling(id), Call.of("onDumpScheduling", id));
    }

    private Sent startCapture(long id) {
        int capture = random.nextInt(16);
        int interfaceId = random.nextInt(-1, 1000);
        int reason = random.nextInt(-1, DropReason.values().length);
        int snap = random.nextInt(1, 65536);
        long limit = 1 + random.nextLong(Long.MAX_VALUE);
        return new Sent(
                proxy.startCapture(id, capture, interfaceId, reason, snap, limit),
                Call.of("onStartCapture", id, capture, interfaceId, reason, snap, limit));
    }

    private Sent stopCapture(long id) {
        int capture = random.nextInt(16);
        return new Sent(proxy.stopCapture(id, capture), Call.of("onStopCapture", id, capture));
    }

    private Sent setPortRate(long id) {
        int port = random.nextInt(64);
        long rate = random.nextInt(4) == 0 ? 0 : random.nextLong(8_000, 1_600_000_000_001L);
        int overhead = random.nextInt(257);
        return new Sent(
                proxy.classes().setPortRate(id, port, rate, overhead),
                Call.of("onSetPortRate", id, port, rate, overhead));
    }

    private Sent addClass(long id) {
        int classId = 1 + random.nextInt(499);
        int parent = random.nextInt(500);
        int port = random.nextInt(64);
        int interfaceId = random.nextInt(-1, 1000);
        ClassSpec spec = classSpec(random);
        String name = text(63);
        return new Sent(
                proxy.classes().addClass(id, classId, parent, port, interfaceId, spec, name),
                Call.of("onAddClass", id, classId, parent, port, interfaceId, spec, name));
    }

    private Sent removeClass(long id) {
        int classId = 1 + random.nextInt(499);
        return new Sent(proxy.classes().removeClass(id, classId), Call.of("onRemoveClass", id, classId));
    }

    private Sent setClassFilter(long id) {
        int interfaceId = interfaceId();
        int classId = random.nextInt(500);
        int total = random.nextInt(SharedLayout.MAX_FILTER_LONGS);
        int size = Math.min(total, 1 + random.nextInt(FilterChunk.MAX));
        int first = total == 0 ? 0 : random.nextInt(total - size + 1);
        FilterChunk chunk = new FilterChunk().set(random.longs(size).toArray(), 0, size);
        return new Sent(
                proxy.classes().setClassFilter(id, interfaceId, classId, total, first, chunk),
                Call.of("onSetClassFilter", id, interfaceId, classId, total, first, chunk));
    }

    private Sent setQuota(long id) {
        int quota = random.nextInt(SharedLayout.MAX_QUOTAS);
        int packets = random.nextInt(Integer.MAX_VALUE);
        long bytes = random.nextLong(Long.MAX_VALUE);
        return new Sent(
                proxy.classes().setQuota(id, quota, packets, bytes), Call.of("onSetQuota", id, quota, packets, bytes));
    }

    static ClassSpec classSpec(Random random) {
        var spec = new ClassSpec()
                .linkShare(rate(random), 1 + random.nextInt(1_000_000), rate(random))
                .queue(1 + random.nextInt(Integer.MAX_VALUE), 1 + random.nextInt(Integer.MAX_VALUE))
                .quota(random.nextInt(SharedLayout.MAX_QUOTAS));
        if (random.nextBoolean()) {
            spec.realTime(rate(random), 1 + random.nextInt(1_000_000), rate(random));
        }
        if (random.nextBoolean()) {
            long rate = rate(random);
            spec.upperLimit(rate, 0, rate);
        }
        return random.nextBoolean()
                ? spec
                : spec.codel(1 + random.nextLong(Long.MAX_VALUE), 1 + random.nextLong(Long.MAX_VALUE));
    }

    private static long rate(Random random) {
        return random.nextLong(8_000, 1_000_000_000);
    }

    private Sent barrier(long id) {
        return new Sent(proxy.barrier(id), Call.of("onBarrier", id));
    }

    public static NextHops nextHops(AddressFamily family, Random random) {
        var hops = new NextHops();
        for (int i = 1 + random.nextInt(NextHops.MAX); i > 0; i--) {
            boolean isIpv4 = family == AddressFamily.IPV4;
            long low = isIpv4 ? random.nextLong(1L << 32) : random.nextLong();
            hops.add(random.nextInt(1000), isIpv4 ? 0 : random.nextLong(), low, 1 + random.nextInt(255));
        }
        return hops;
    }

    /** As {@link #nextHops}, half of them with labels. */
    public static NextHops labelledNextHops(AddressFamily family, Random random) {
        NextHops hops = nextHops(family, random);
        for (int i = 0; i < hops.size(); i++) {
            for (int n = Math.max(0, random.nextInt(-NextHops.MAX_LABELS, NextHops.MAX_LABELS + 1)); n > 0; n--) {
                hops.push(i, outLabel(random), random.nextInt(256));
            }
        }
        return hops;
    }

    private static int outLabel(Random random) {
        return random.nextInt(8) == 0 ? 2 * random.nextInt(2) : label(random);
    }

    /** Slow and obvious: clears one host bit after the other. */
    private static long[] masked(AddressFamily family, int length, long high, long low) {
        var halves = new long[] {high, low};
        int bits = family == AddressFamily.IPV4 ? 32 : 128;
        for (int bit = 0; bit < bits - length; bit++) {
            halves[bit < 64 ? 1 : 0] &= ~(1L << (bit % 64));
        }
        return halves;
    }

    private int router() {
        return random.nextInt(100);
    }

    private int interfaceId() {
        return random.nextInt(1000);
    }

    private long mac() {
        return (random.nextLong(1L << 48) & ~(1L << 40)) | 2;
    }

    private AddressFamily family() {
        return random.nextBoolean() ? AddressFamily.IPV4 : AddressFamily.IPV6;
    }

    private long high(AddressFamily family) {
        return family == AddressFamily.IPV4 ? 0 : random.nextLong();
    }

    private long low(AddressFamily family) {
        return family == AddressFamily.IPV4 ? random.nextLong(1, 1L << 32) : random.nextLong() | 1;
    }

    private String text(int maxLength) {
        return random.ints(1 + random.nextInt(maxLength), ' ', '~' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
