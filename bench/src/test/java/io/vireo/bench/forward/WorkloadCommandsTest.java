package io.vireo.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.forward.tunnel.OuterIpv4;
import io.vireo.bench.forward.tunnel.TunnelKind;
import io.vireo.bench.forward.tunnel.TunnelKinds;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.command.AddressCommandHandler;
import io.vireo.dataplane.wire.command.BarrierCommandHandler;
import io.vireo.dataplane.wire.command.CaptureCommandHandler;
import io.vireo.dataplane.wire.command.ClassCommandHandler;
import io.vireo.dataplane.wire.command.CommandAdapter;
import io.vireo.dataplane.wire.command.CommandHandlers;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.command.DumpCommandHandler;
import io.vireo.dataplane.wire.command.EmulationCommandHandler;
import io.vireo.dataplane.wire.command.InterfaceCommandHandler;
import io.vireo.dataplane.wire.command.InvalidCommandHandler;
import io.vireo.dataplane.wire.command.KeyCommandHandler;
import io.vireo.dataplane.wire.command.LabelCommandHandler;
import io.vireo.dataplane.wire.command.MemberCommandHandler;
import io.vireo.dataplane.wire.command.NeighbourCommandHandler;
import io.vireo.dataplane.wire.command.PortCommandHandler;
import io.vireo.dataplane.wire.command.ResyncCommandHandler;
import io.vireo.dataplane.wire.command.RouteCommandHandler;
import io.vireo.dataplane.wire.command.RouterCommandHandler;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.memory.SharedMemoryContext;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that a data plane gets, as it would read them. */
class WorkloadCommandsTest {
    private static final int NO_TUNNEL = InterfaceSpec.NONE;

    @TempDir
    Path directory;

    private final List<String> commands = new ArrayList<>();

    static List<TunnelKind> kinds() {
        return TunnelKinds.all();
    }

    static List<TunnelKind> repeatable() {
        return kinds().stream().filter(TunnelKind::isRepeatable).toList();
    }

    /** Writes each call down, without its correlation id. */
    private <T> T recorder(Class<T> handler) {
        return handler.cast(Proxy.newProxyInstance(
                handler.getClassLoader(), new Class<?>[] {handler}, (_, method, arguments) -> {
                    commands.add(method.getName() + " "
                            + Arrays.stream(arguments)
                                    .skip(1)
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(" ")));
                    return null;
                }));
    }

    private CommandHandlers handlers() {
        return new CommandHandlers(
                recorder(PortCommandHandler.class),
                recorder(RouterCommandHandler.class),
                recorder(InterfaceCommandHandler.class),
                recorder(EmulationCommandHandler.class),
                recorder(MemberCommandHandler.class),
                recorder(AddressCommandHandler.class),
                recorder(NeighbourCommandHandler.class),
                recorder(RouteCommandHandler.class),
                recorder(LabelCommandHandler.class),
                recorder(ClassCommandHandler.class),
                recorder(KeyCommandHandler.class),
                recorder(ResyncCommandHandler.class),
                recorder(DumpCommandHandler.class),
                recorder(CaptureCommandHandler.class),
                recorder(BarrierCommandHandler.class),
                recorder(InvalidCommandHandler.class));
    }

    private void install(Workload workload) throws IOException {
        try (SharedMemory memory = SharedMemory.create(new SharedMemoryContext()
                .path(directory.resolve("dataplane.shm"))
                .limits(SharedLimits.of(1).withMaxRouters(16).withMaxInterfaces(32)))) {
            CommandAdapter adapter = new CommandAdapter(memory, handlers());
            new WorkloadCommands(
                            new DataplaneProxy(memory, 0),
                            workload,
                            memory.incarnation(),
                            () -> adapter.poll(0, Integer.MAX_VALUE))
                    .install();
        }
    }

    private List<String> commands(String name) {
        return commands.stream().filter(command -> command.startsWith(name)).toList();
    }

    private static String access(int id, int router, int vlan) {
        return "onAddInterface " + spec(id, router).access(0, vlan);
    }

    private static String labelled(int id, int router, int vlan) {
        return "onAddInterface " + spec(id, router).access(0, vlan).takesLabels(true);
    }

    private static InterfaceSpec spec(int id, int router) {
        return new InterfaceSpec()
                .id(id, router)
                .mac(0x020000000001L)
                .mtuBytes(1500)
                .name("i" + id);
    }

    private static String tunnel(TunnelKind kind) {
        InterfaceSpec spec =
                new InterfaceSpec().id(2, 0).mac(0x020000000003L).mtuBytes(1400).name("tunnel2");
        return "onAddInterface " + kind.localEnd(spec, 1);
    }

    private static String route(int router, long prefix, int length, int interfaceId, int neighbour) {
        String nextHop = interfaceId == NO_TUNNEL
                ? "LOCAL " + new NextHops()
                : "UNICAST " + new NextHops().add(interfaceId, 0, Topology.ipv4Gateway(neighbour), 1);
        return "onAddRoute " + router + " " + AddressFamily.IPV4 + " 0 " + prefix + " " + length + " " + nextHop;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldSendByTheUnderlayWhatGoesIntoATunnel(TunnelKind kind) throws IOException {
        install(TunnelWorkloads.encapsulation(kind, 2));

        assertThat(commands("onAddRouter")).hasSize(2);
        assertThat(commands("onAddInterface")).containsExactly(access(1, 1, 2001), tunnel(kind), access(0, 0, 1));
        assertThat(commands("onSetInterfaceState")).hasSize(3).allMatch(command -> command.endsWith(" true"));
        assertThat(commands("onAddRoute "))
                .containsExactly(
                        route(1, OuterIpv4.LOCAL, 32, NO_TUNNEL, 0),
                        route(0, 10 << 24, 24, 2, 0),
                        route(0, 10 << 24 | 1 << 8, 24, 2, 0),
                        route(1, OuterIpv4.REMOTE, 32, 1, 5));
        assertThat(commands("onInvalid")).isEmpty();
    }

    @Test
    void shouldGoThroughBothEndsOfATunnelThatTakesNoPacketTwice() throws IOException {
        install(TunnelWorkloads.decapsulation(TunnelKinds.all().getLast(), 2));

        assertThat(commands("onAddRouter")).hasSize(4);
        assertThat(commands("onAddInterface")).hasSize(6).element(2).asString().contains("linked to interface 5");
        assertThat(commands("onAddSecurityAssociation")).hasSize(4);
        assertThat(commands("onAddRoute "))
                .containsExactly(
                        route(1, OuterIpv4.LOCAL, 32, NO_TUNNEL, 0),
                        route(2, OuterIpv4.REMOTE, 32, NO_TUNNEL, 0),
                        route(1, OuterIpv4.REMOTE, 32, 4, 0),
                        route(0, 10 << 24, 24, 2, 0),
                        route(0, 10 << 24 | 1 << 8, 24, 2, 0),
                        route(3, 10 << 24, 24, 1, 0),
                        route(3, 10 << 24 | 1 << 8, 24, 1, 0));
        assertThat(commands("onInvalid")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("repeatable")
    void shouldReceiveByTheUnderlayWhatComesOutOfATunnel(TunnelKind kind) throws IOException {
        install(TunnelWorkloads.decapsulation(kind, 2));

        assertThat(commands("onAddRouter")).hasSize(2);
        assertThat(commands("onAddInterface"))
                .containsExactly(
                        access(1, 0, 2001),
                        tunnel(kind),
                        kind.etherType() == 0x8847 ? labelled(0, 1, 1) : access(0, 1, 1));
        assertThat(commands("onAddRoute "))
                .containsExactly(
                        route(1, OuterIpv4.LOCAL, 32, NO_TUNNEL, 0),
                        route(0, 10 << 24, 24, 1, 0),
                        route(0, 10 << 24 | 1 << 8, 24, 1, 0));
        assertThat(commands("onInvalid")).isEmpty();
    }

    @Test
    void shouldKnowTheFarEndOfATunnelOfFramesByItsMac() throws IOException {
        install(TunnelWorkloads.encapsulation(TunnelKinds.all().get(4), 2));

        assertThat(commands("onAddNeighbour"))
                .element(0)
                .isEqualTo("onAddNeighbour 2 IPV4 0 " + Topology.ipv4Gateway(0) + " " + TunnelKind.REMOTE_MAC);
    }

    @Test
    void shouldGiveATunnelWithKeepalivesAnAddress() throws IOException {
        install(TunnelWorkloads.encapsulation(TunnelKinds.keptAlive(), 2));

        assertThat(commands("onAddInterface ")).element(1).asString().contains("keepalive IPV4 0/cb007102 100 ms 3");
        assertThat(commands("onAddInterfaceAddress"))
                .containsExactly("onAddInterfaceAddress 2 IPV4 0 " + 0xcb007103L + " SOURCE");
    }

    @Test
    void shouldLeadEachFlowsLabelToTheNextRouter() throws IOException {
        install(TunnelWorkloads.labels("x", false, 2));

        assertThat(commands("onAddInterface")).containsExactly(access(1, 0, 2001), labelled(0, 0, 1));
        String via = " " + new NextHops().add(1, 0, Topology.ipv4Gateway(5), 1);
        LabelSpec spec = new LabelSpec();
        assertThat(commands("onAddLabel"))
                .containsExactly(
                        "onAddLabel " + spec.of(0, 1000).uniform(true).push(2000) + via,
                        "onAddLabel " + spec.of(0, 1001).uniform(true).push(2001) + via);
        assertThat(commands("onInvalid")).isEmpty();
    }

    @Test
    void shouldHaveAVirtualLinkOnEitherSideOrBoth() throws IOException {
        install(TunnelWorkloads.virtualLink("x", true, true, 2));
        assertThat(commands("onAddRoute ")).isEmpty();
        assertThat(commands("onAddInterface"))
                .containsExactly("onAddInterface " + linkOut().crossesTo(0), "onAddInterface " + linkIn().crossesTo(1));
        commands.clear();

        install(TunnelWorkloads.virtualLink("x", false, true, 2));
        assertThat(commands("onAddRoute ")).hasSize(2).allMatch(command -> command.contains("interface 1"));
        assertThat(commands("onAddInterface")).containsExactly("onAddInterface " + linkOut(), access(0, 0, 1));
        assertThat(commands("onInvalid")).isEmpty();
    }

    private static InterfaceSpec linkIn() {
        return spec(0, 0).mtuBytes(1400).substrate(0, 1, 0x020000000001L, 0x020000000002L, 0x123456, 0x88b5, 0);
    }

    private static InterfaceSpec linkOut() {
        return spec(1, 0).mtuBytes(1400).substrate(0, 2001, 0x020000000001L, 0x020000000105L, 0x654321, 0x88b5, 0);
    }

    @Test
    void shouldOpenWhatReceivesLast() throws IOException {
        install(Workload.small("x", 2, 2, AddressFamily.IPV4));

        assertThat(commands("onAddInterface"))
                .containsExactly(access(1, 0, 2001), access(3, 1, 2002), access(0, 0, 1), access(2, 1, 2));
        assertThat(commands.indexOf(access(0, 0, 1)))
                .isGreaterThan(commands.lastIndexOf(route(1, 10 << 24 | 1 << 8, 24, 3, 0)));
        assertThat(commands("onAddRoute ")).hasSize(2);
    }
}
