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
        return "onAddInterface "
                + new InterfaceSpec()
                        .id(id, router)
                        .mac(0x020000000001L)
                        .mtuBytes(1500)
                        .name("i" + id)
                        .access(0, vlan);
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
        install(Workload.encapsulation(kind, 2));

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
        install(Workload.decapsulation(TunnelKinds.all().getLast(), 2));

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
        install(Workload.decapsulation(kind, 2));

        assertThat(commands("onAddRouter")).hasSize(2);
        assertThat(commands("onAddInterface")).containsExactly(access(1, 0, 2001), tunnel(kind), access(0, 1, 1));
        assertThat(commands("onAddRoute "))
                .containsExactly(
                        route(1, OuterIpv4.LOCAL, 32, NO_TUNNEL, 0),
                        route(0, 10 << 24, 24, 1, 0),
                        route(0, 10 << 24 | 1 << 8, 24, 1, 0));
        assertThat(commands("onInvalid")).isEmpty();
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
