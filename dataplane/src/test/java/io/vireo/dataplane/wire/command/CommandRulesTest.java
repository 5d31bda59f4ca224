package io.vireo.dataplane.wire.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.Call;
import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DelayDistribution;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.AddRouteEncoder;
import io.vireo.dataplane.wire.sbe.AddressFamilyCode;
import io.vireo.dataplane.wire.sbe.DumpRoutesEncoder;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.sbe.RouteKindCode;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.EmulationSpec;
import io.vireo.dataplane.wire.value.FilterChunk;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRulesTest {
    private static final AddressFamily V4 = AddressFamily.IPV4;
    private static final AddressFamily V6 = AddressFamily.IPV6;
    private static final long MAC = 0x0200_0000_0001L;

    private final List<Call> calls = new ArrayList<>();
    private SharedMemory memory;
    private CommandAdapter adapter;

    @BeforeEach
    void create(@TempDir Path directory) {
        memory = TestMemory.create(directory);
        adapter = new CommandAdapter(memory, AllCommands.recorder(calls));
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void shouldRefuseWrongPorts() {
        refuses("portId", p -> p.topology().addPort(1, 64, 1, 512, 1500, "p", "net_null0"));
        refuses("portId", p -> p.topology().addPort(1, -1, 1, 512, 1500, "p", "net_null0"));
        refuses("rxQueues", p -> p.topology().addPort(1, 0, 0, 512, 1500, "p", "net_null0"));
        refuses("rxQueues", p -> p.topology().addPort(1, 0, 3, 512, 1500, "p", "net_null0"));
        refuses("descriptors", p -> p.topology().addPort(1, 0, 1, 500, 1500, "p", "net_null0"));
        refuses("descriptors", p -> p.topology().addPort(1, 0, 1, 16, 1500, "p", "net_null0"));
        refuses("mtu", p -> p.topology().addPort(1, 0, 1, 512, 67, "p", "net_null0"));
        refuses("mtu", p -> p.topology().addPort(1, 0, 1, 512, 9601, "p", "net_null0"));
        refuses("name", p -> p.topology().addPort(1, 0, 1, 512, 1500, "", "net_null0"));
        refuses("name", p -> p.topology().addPort(1, 0, 1, 512, 1500, "x".repeat(64), "net_null0"));
        refuses("devargs", p -> p.topology().addPort(1, 0, 1, 512, 1500, "p", "x".repeat(512)));
        refuses("devargs", p -> p.topology().addPort(1, 0, 1, 512, 1500, "p", "net_null0\n"));
        refuses("portId", p -> p.topology().removePort(1, 64));
    }

    @Test
    void shouldRefuseWrongClasses() {
        refuses("portId", p -> p.classes().setPortRate(1, 64, 1_000_000, 24));
        refuses("rateBitsPerSecond", p -> p.classes().setPortRate(1, 0, 7_999, 24));
        refuses("rateBitsPerSecond", p -> p.classes().setPortRate(1, 0, -1, 24));
        refuses("rateBitsPerSecond", p -> p.classes().setPortRate(1, 0, 1_600_000_000_001L, 24));
        refuses("overheadBytes", p -> p.classes().setPortRate(1, 0, 0, 257));
        refuses("classId", p -> p.classes().addClass(1, 0, 0, 0, 3, share(), "c"));
        refuses("classId", p -> p.classes().addClass(1, 500, 0, 0, 3, share(), "c"));
        refuses("parentClassId", p -> p.classes().addClass(1, 1, -1, 0, 3, share(), "c"));
        refuses("parentClassId", p -> p.classes().addClass(1, 1, 500, 0, 3, share(), "c"));
        refuses("portId", p -> p.classes().addClass(1, 1, 0, 64, 3, share(), "c"));
        refuses("interfaceId", p -> p.classes().addClass(1, 1, 0, 0, -2, share(), "c"));
        refuses("interfaceId", p -> p.classes().addClass(1, 1, 0, 0, 1000, share(), "c"));
        refuses("name", p -> p.classes().addClass(1, 1, 0, 0, 3, share(), ""));
        refuses("name", p -> p.classes().addClass(1, 1, 0, 0, 3, share(), "x".repeat(64)));
        refuses("classId", p -> p.classes().removeClass(1, 0));
        refuses("classId", p -> p.classes().removeClass(1, 500));
    }

    @Test
    void shouldRefuseWrongCurvesQueuesAndQuotas() {
        refusesSpec("realTime", new ClassSpec());
        refusesSpec("realTime", share().realTime(0, 0, 7_999));
        refusesSpec("realTime", share().realTime(-1, 1, 8_000));
        refusesSpec("linkShare", new ClassSpec().linkShare(8_000, 0, 9_000));
        refusesSpec("linkShare", new ClassSpec().linkShare(8_000, 60_000_000_001L, 9_000));
        refusesSpec("upperLimit", share().upperLimit(8_000, -1, 9_000));
        refusesSpec("upperLimit", new ClassSpec().realTime(8_000, 0, 8_000).upperLimit(8_000, 0, 8_000));
        refusesSpec("quotaId", share().quota(4096));
        refusesSpec("queuePackets", share().queue(0, 1));
        refusesSpec("queueBytes", share().queue(1, 0));
        refusesSpec("codelTargetNs", share().codel(0, 1));
        refusesSpec("codelIntervalNs", share().codel(1, 0));
        refuses("quotaId", p -> p.classes().setQuota(1, -1, 1, 1));
        refuses("packets", p -> p.classes().setQuota(1, 0, -1, 1));
        refuses("bytes", p -> p.classes().setQuota(1, 0, 1, -1));
        refuses("interfaceId", p -> p.classes().setClassFilter(1, 1000, 0, new long[1]));
        refuses("defaultClassId", p -> p.classes().setClassFilter(1, 0, 500, new long[1]));
        refuses("totalLongs", p -> p.classes().setClassFilter(1, 0, 0, new long[SharedLayout.MAX_FILTER_LONGS + 1]));
        refuses("totalLongs", p -> p.members().setMembers(1, 0, new long[(1 << 20) + 1]));
        refuses("firstLong", p -> p.members().setMembers(1, 0, 5, 6, new FilterChunk()));
        refuses("image", p -> p.members().setMembers(1, 0, 5, 1, new FilterChunk()));
    }

    @Test
    void shouldRefuseWrongFieldsOfKeys() {
        refuses("interfaceId", p -> p.keys().addSecurityAssociation(1, key().of(1000, true, 256)));
        refuses("spi", p -> p.keys().addSecurityAssociation(1, key().of(1, true, 255)));
        refuses("ticket", p -> p.keys().addSecurityAssociation(1, key().once(1, 0)));
        refuses("maxPackets", p -> p.keys().addSecurityAssociation(1, key().lifetime(0, 1, 1)));
        refuses("maxBytes", p -> p.keys().addSecurityAssociation(1, key().lifetime(1, 0, 1)));
        refuses("maxSeconds", p -> p.keys().addSecurityAssociation(1, key().lifetime(1, 1, 0)));
        refuses("spi", p -> p.keys().removeSecurityAssociation(1, 1, 0, false));
    }

    private static SecurityAssociationSpec key() {
        return new SecurityAssociationSpec().of(1, true, 256).once(1, 1).lifetime(1, 1, 1);
    }

    private void refusesSpec(String field, ClassSpec spec) {
        refuses(field, p -> p.classes().addClass(1, 1, 0, 0, 3, spec, "c"));
    }

    private static ClassSpec share() {
        return new ClassSpec().linkShare(1_000_000, 0, 1_000_000);
    }

    @Test
    void shouldSendALongFilterInParts() {
        var image = new long[2 * FilterChunk.MAX + 5];
        java.util.Arrays.setAll(image, i -> i);
        new DataplaneProxy(memory, 0).classes().setClassFilter(9, 3, 4, image);
        while (memory.commandRing().size() > 0) {
            adapter.poll(0, 10);
        }
        assertThat(calls).hasSize(3);
        for (int part = 0; part < 3; part++) {
            int first = part * FilterChunk.MAX;
            int size = Math.min(FilterChunk.MAX, image.length - first);
            FilterChunk chunk = new FilterChunk().set(image, first, size);
            assertThat(calls.get(part)).isEqualTo(Call.of("onSetClassFilter", 9L, 3, 4, image.length, first, chunk));
        }
    }

    @Test
    void shouldRefuseWrongRouters() {
        refuses("routerId", p -> p.topology().addRouter(1, 100, 7, 1, 1, "blue/r1"));
        refuses("vpnId", p -> p.topology().addRouter(1, 0, 1L << 32, 1, 1, "blue/r1"));
        refuses("vpnId", p -> p.topology().addRouter(1, 0, -1, 1, 1, "blue/r1"));
        refuses("puntPacketsPerSecond", p -> p.topology().addRouter(1, 0, 7, -1, 1, "blue/r1"));
        refuses("puntBurstPackets", p -> p.topology().addRouter(1, 0, 7, 1, -1, "blue/r1"));
        refuses("name", p -> p.topology().addRouter(1, 0, 7, 1, 1, "blau/größe"));
        refuses("routerId", p -> p.topology().removeRouter(1, -1));
        refuses("routerId", p -> p.topology().setPuntBudget(1, -1, 0, 1, 1, 1, 1));
        refuses("puntClass", p -> p.topology().setPuntBudget(1, 0, PuntClass.values().length, 1, 1, 1, 1));
        refuses("packetsPerSecond", p -> p.topology().setPuntBudget(1, 0, 0, -1, 1, 1, 1));
        refuses("burstPackets", p -> p.topology().setPuntBudget(1, 0, 0, 1, -1, 1, 1));
        refuses("interfacePacketsPerSecond", p -> p.topology().setPuntBudget(1, 0, 0, 1, 1, -1, 1));
        refuses("interfaceBurstPackets", p -> p.topology().setPuntBudget(1, 0, 0, 1, 1, 1, -1));
        refuses("routerId", p -> p.tables().dumpRoutes(1, 100));
        refuses("routerId", p -> p.tables().dumpNeighbours(1, 100));
    }

    @Test
    void shouldRefuseWrongInterfaces() {
        refuses(
                "interfaceId",
                p -> p.topology().addInterface(1, TestInterfaces.access(1000, 0, 0, 0, MAC, 1500, "h1")));
        refuses("routerId", p -> p.topology().addInterface(1, TestInterfaces.access(0, 100, 0, 0, MAC, 1500, "h1")));
        refuses("portId", p -> p.topology().addInterface(1, TestInterfaces.access(0, 0, 64, 0, MAC, 1500, "h1")));
        refuses("vlan", p -> p.topology().addInterface(1, TestInterfaces.access(0, 0, 0, 4095, MAC, 1500, "h1")));
        refuses("mac", p -> p.topology().addInterface(1, TestInterfaces.access(0, 0, 0, 0, 0, 1500, "h1")));
        refuses(
                "mac",
                p -> p.topology().addInterface(1, TestInterfaces.access(0, 0, 0, 0, 0x0100_0000_0001L, 1500, "h1")));
        refuses("mac", p -> p.topology().addInterface(1, TestInterfaces.access(0, 0, 0, 0, 1L << 48, 1500, "h1")));
        refuses("mtu", p -> p.topology().addInterface(1, TestInterfaces.access(0, 0, 0, 0, MAC, 0, "h1")));
        refuses(
                "name",
                p -> p.topology().addInterface(1, TestInterfaces.access(0, 0, 0, 0, MAC, 1500, "longer-than-15-b")));
        refuses("peerInterfaceId", p -> p.topology().addInterface(1, TestInterfaces.link(0, 0, 1000, MAC, 1500, "l1")));
        refuses("peerInterfaceId", p -> p.topology().addInterface(1, TestInterfaces.link(5, 0, 5, MAC, 1500, "l1")));
        refuses("interfaceId", p -> p.topology().removeInterface(1, 1000));
        refuses("interfaceId", p -> p.topology().setInterfaceState(1, -1, true));
    }

    @Test
    void shouldRefuseWrongVirtualLinks() {
        refusesVirtualLink("portId", 64, 0, 2, 4, 1, 0x88b5, 0);
        refusesVirtualLink("vlan", 0, 4095, 2, 4, 1, 0x88b5, 0);
        refusesVirtualLink("localMac", 0, 0, 0, 4, 1, 0x88b5, 0);
        refusesVirtualLink("localMac", 0, 0, 1L << 40, 4, 1, 0x88b5, 0);
        refusesVirtualLink("peerMac", 0, 0, 2, 0, 1, 0x88b5, 0);
        refusesVirtualLink("peerMac", 0, 0, 2, 2, 1, 0x88b5, 0);
        refusesVirtualLink("virtualLinkId", 0, 0, 2, 4, 0, 0x88b5, 0);
        refusesVirtualLink("virtualLinkId", 0, 0, 2, 4, 1 << 24, 0x88b5, 0);
        for (int etherType :
                new int[] {0x05ff, 0x10000, 0x0800, 0x0806, 0x8100, 0x86dd, 0x88a8, 0x8847, 0x8848, 0x88cc, 0x8864}) {
            refusesVirtualLink("etherType", 0, 0, 2, 4, 1, etherType, 0);
        }
        refusesVirtualLink("vlanPriority", 0, 0, 2, 4, 1, 0x88b5, 8);
        for (int itself : new int[] {1, -2, 1000}) {
            InterfaceSpec spec = TestInterfaces.access(1, 0, 0, 0, MAC, 1400, "v1")
                    .substrate(0, 0, 2, 4, 1, 0x88b5, 0)
                    .crossesTo(itself);
            refuses("peerInterfaceId", p -> p.topology().addInterface(1, spec));
        }
    }

    private void refusesVirtualLink(
            String field, int port, int vlan, long local, long peer, int id, int etherType, int priority) {
        InterfaceSpec spec = TestInterfaces.access(1, 0, 0, 0, MAC, 1400, "v1")
                .substrate(port, vlan, local, peer, id, etherType, priority);
        refuses(field, p -> p.topology().addInterface(1, spec));
    }

    @Test
    void shouldRefuseWrongEmulations() {
        int always = EmulationSpec.ALWAYS;
        refusesEmulation("delayNs", spec -> spec.delay(-1, 0, DelayDistribution.UNIFORM, false));
        refusesEmulation("delayNs", spec -> spec.delay(60_000_000_001L, 0, DelayDistribution.UNIFORM, false));
        refusesEmulation("jitterNs", spec -> spec.delay(0, 10_000_000_001L, DelayDistribution.PARETO, false));
        refusesEmulation("rateBitsPerSecond", spec -> spec.rate(7_999, 0));
        refusesEmulation("rateBitsPerSecond", spec -> spec.rate(1_600_000_000_001L, 0));
        refusesEmulation("queueNs", spec -> spec.rate(8_000, 10_000_000_001L));
        refusesEmulation("queueNs", spec -> spec.rate(0, 1));
        refusesEmulation("limitPackets", spec -> spec.limitPackets(0));
        refusesEmulation("limitPackets", spec -> spec.limitPackets(1_000_001));
        refusesEmulation("limitPackets", spec -> spec.loss(0));
        refusesEmulation("loss", spec -> spec.loss(always + 1));
        refusesEmulation("burstEnter", spec -> spec.burst(-1, 0, 0, 0));
        refusesEmulation("burstLeave", spec -> spec.burst(0, always + 1, 0, 0));
        refusesEmulation("burstLossBad", spec -> spec.burst(0, 0, always + 1, 0));
        refusesEmulation("burstLossGood", spec -> spec.burst(0, 0, 0, always + 1));
        refusesEmulation("reorder", spec -> spec.reorder(-1));
        refusesEmulation(
                "reorder",
                spec -> spec.delay(1, 0, DelayDistribution.UNIFORM, true).reorder(1));
        refusesEmulation("duplicate", spec -> spec.duplicate(always + 1));
        refuses("interfaceId", p -> p.emulations().setEmulation(1, 1000, new EmulationSpec()));
    }

    private void refusesEmulation(String field, UnaryOperator<EmulationSpec> change) {
        EmulationSpec spec = change.apply(new EmulationSpec().limitPackets(1).loss(1));
        refuses(field, p -> p.emulations().setEmulation(1, 0, spec));
    }

    @Test
    void shouldRefuseWrongNeighboursAndRoutes() {
        NextHops hop = new NextHops().add(3, 0, 0x0a000001, 1);
        refuses("interfaceId", p -> p.tables().addNeighbour(1, 1000, V4, 0, 1, MAC));
        refuses("address", p -> p.tables().addNeighbour(1, 0, V4, 0, 0, MAC));
        refuses("address", p -> p.tables().addNeighbour(1, 0, V4, 1, 1, MAC));
        refuses("address", p -> p.tables().removeNeighbour(1, 0, V4, 0, 1L << 32));
        refuses("mac", p -> p.tables().addNeighbour(1, 0, V6, 1, 1, -1));
        refuses("routerId", p -> p.tables().addRoute(1, 100, V4, 0, 0, 0, RouteKind.UNICAST, hop));
        refuses("prefixLength", p -> p.tables().addRoute(1, 0, V4, 0, 0, 33, RouteKind.UNICAST, hop));
        refuses("prefixLength", p -> p.tables().removeRoute(1, 0, V6, 0, 0, 129));
        refuses("prefix:", p -> p.tables().addRoute(1, 0, V4, 0, 0x0a000001, 31, RouteKind.UNICAST, hop));
        refuses("prefix:", p -> p.tables().addRoute(1, 0, V4, 0, 1, 0, RouteKind.UNICAST, hop));
        refuses("prefix:", p -> p.tables().addRoute(1, 0, V6, 1, 0, 63, RouteKind.LOCAL, NextHops.NONE));
        refuses("prefix:", p -> p.tables().addRoute(1, 0, V6, 0, 1, 127, RouteKind.LOCAL, NextHops.NONE));
        refuses("prefix:", p -> p.tables().addRoute(1, 0, V6, Long.MIN_VALUE, 0, 0, RouteKind.LOCAL, NextHops.NONE));
        refuses("prefix:", p -> p.tables().addRoute(1, 0, V4, 1, 0, 32, RouteKind.LOCAL, NextHops.NONE));
        refuses("nextHops:", p -> p.tables().addRoute(1, 0, V4, 0, 0, 0, RouteKind.UNICAST, NextHops.NONE));
        refuses("nextHops:", p -> p.tables().addRoute(1, 0, V4, 0, 0, 0, RouteKind.BLACKHOLE, hop));
        NextHops noInterface = new NextHops().add(1000, 0, 1, 1);
        NextHops noAddress = new NextHops().add(3, 0, 1L << 32, 1);
        NextHops noWeight = new NextHops().add(3, 0, 1, 0);
        NextHops tooHeavy = new NextHops().add(3, 0, 1, 256);
        refuses("nextHops.interfaceId", p -> p.tables().addRoute(1, 0, V4, 0, 0, 0, RouteKind.UNICAST, noInterface));
        refuses("nextHops.gateway", p -> p.tables().addRoute(1, 0, V4, 0, 0, 0, RouteKind.UNICAST, noAddress));
        refuses("nextHops.weight", p -> p.tables().addRoute(1, 0, V4, 0, 0, 0, RouteKind.UNICAST, noWeight));
        refuses("nextHops.weight", p -> p.tables().addRoute(1, 0, V4, 0, 0, 0, RouteKind.UNICAST, tooHeavy));
    }

    @Test
    void shouldRefuseWrongResyncsAndCaptures() {
        refuses("epoch", p -> p.resyncBegin(1, 0));
        refuses("epoch", p -> p.resyncEnd(1, -5));
        refuses("captureId", p -> p.startCapture(1, 16, -1, -1, 96, 10));
        refuses("interfaceId", p -> p.startCapture(1, 0, 1000, -1, 96, 10));
        refuses("dropReason", p -> p.startCapture(1, 0, -1, DropReason.values().length, 96, 10));
        refuses("snapLength", p -> p.startCapture(1, 0, -1, -1, 0, 10));
        refuses("packetLimit", p -> p.startCapture(1, 0, -1, -1, 96, 0));
        refuses("captureId", p -> p.stopCapture(1, -1));
    }

    @Test
    void shouldAcceptTheEdges() {
        var proxy = new DataplaneProxy(memory, 0);
        assertThat(proxy.tables().addRoute(1, 99, V6, -1, -1, 128, RouteKind.LOCAL, NextHops.NONE))
                .isTrue();
        assertThat(proxy.tables().addRoute(2, 0, V6, 0, 0, 0, RouteKind.PROHIBIT, NextHops.NONE))
                .isTrue();
        assertThat(proxy.tables().addRoute(3, 0, V6, -1, 0, 64, RouteKind.LOCAL, NextHops.NONE))
                .isTrue();
        assertThat(proxy.tables().addRoute(4, 0, V4, 0, 0xFFFF_FFFFL, 32, RouteKind.PUNT, NextHops.NONE))
                .isTrue();
        assertThat(proxy.tables().addRoute(5, 0, V4, 0, 0, 0, RouteKind.UNICAST, new NextHops().add(999, 0, 0, 255)))
                .isTrue();
        assertThat(adapter.poll(0, 100)).isEqualTo(5);
        assertThat(calls).hasSize(5).allMatch(call -> call.method().equals("onAddRoute"));
    }

    @Test
    void shouldTellTheHandlerOfAFieldOutOfRangeAndCountIt() {
        sendDumpRoutes(77, 100);
        assertThat(adapter.poll(0, 10)).isEqualTo(1);
        assertThat(calls).containsExactly(Call.of("onInvalid", 77L, "routerId: must be below the limit of the node"));
        assertThat(TestMemory.count(memory, SystemCounter.COMMANDS_INVALID)).isEqualTo(1);
    }

    @Test
    void shouldOnlyCountAFieldOutOfRangeWhenNobodyCanBeAnswered() {
        sendDumpRoutes(-1, 100);
        assertThat(adapter.poll(0, 10)).isEqualTo(1);
        assertThat(calls).isEmpty();
        assertThat(TestMemory.count(memory, SystemCounter.COMMANDS_MALFORMED)).isEqualTo(1);
    }

    @Test
    void shouldTellTheHandlerOfAnUnknownFamilyOrKind() {
        sendAddRoute((byte) 5, (byte) 1);
        sendAddRoute((byte) 4, (byte) 99);
        assertThat(adapter.poll(0, 10)).isEqualTo(2);
        assertThat(calls)
                .containsExactly(
                        Call.of("onInvalid", 5L, "family: must be IPv4 or IPv6"),
                        Call.of("onInvalid", 5L, "kind: must be a known kind of route"));
    }

    private void sendDumpRoutes(long correlationId, int routerId) {
        var bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + DumpRoutesEncoder.BLOCK_LENGTH];
        new DumpRoutesEncoder()
                .wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .routerId(routerId);
        TestMemory.write(memory.commandRing(), MessageFrame.RECORD_TYPE, bytes);
    }

    private void sendAddRoute(byte family, byte kind) {
        var bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + AddRouteEncoder.BLOCK_LENGTH + 8];
        var message = new AddRouteEncoder();
        message.wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder())
                .correlationId(5)
                .family(AddressFamilyCode.IPV4)
                .kind(RouteKindCode.BLACKHOLE)
                .nextHopsCount(0);
        message.labelsCount(0);
        int block = MessageHeaderEncoder.ENCODED_LENGTH;
        bytes[block + AddRouteEncoder.familyEncodingOffset()] = family;
        bytes[block + AddRouteEncoder.kindEncodingOffset()] = kind;
        TestMemory.write(memory.commandRing(), MessageFrame.RECORD_TYPE, bytes);
    }

    private void refuses(String field, Consumer<DataplaneProxy> command) {
        var proxy = new DataplaneProxy(memory, 0);
        assertThatThrownBy(() -> command.accept(proxy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(": " + field);
        assertThat(memory.commandRing().size()).isZero();
    }
}
