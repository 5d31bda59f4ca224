package io.vireo.bench.forward;

import io.vireo.bench.forward.tunnel.TunnelKind;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.command.ClassProxy;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Programs a workload into a data plane whose ports are attached. One thread. */
public final class WorkloadCommands {
    private static final int MTU = 1500;
    private static final int PUNTS_PER_SECOND = 100;

    /** More than the worker can send, so that its classes cost what they cost and hold nothing back. */
    private static final long PORT_RATE = 400_000_000_000L;

    private static final long CLASS_RATE = 100_000_000L;

    /** Commands between two waits for their answers: a full table's worth of answers would not fit in the ring. */
    private static final int COMMANDS_AT_ONCE = 1000;

    /** The router that forwards a tunnel's outer packets. A workload with a tunnel has one other. */
    static final int UNDERLAY_ROUTER = 1;

    /** The interface of router 0 that is a tunnel's end: the first after those of its topology. */
    static final int TUNNEL = 2;

    private static final int TUNNEL_ROUTER = 0;

    /** The neighbour that is the far end of a tunnel of frames, which is that of the routes into a tunnel. */
    private static final int FAR_END = 0;

    /** Room for what is put around packets, in frames that a port sends. */
    static final int TUNNEL_MTU = 1400;

    private static final int HOST_LENGTH = Integer.SIZE;

    private final DataplaneProxy proxy;
    private final Workload workload;
    private final long incarnation;
    private final Barrier barrier;

    /** A wait until all that was sent is in force. */
    @FunctionalInterface
    public interface Barrier {
        /**
         * Waits.
         *
         * @throws IOException when something was refused, or the data plane is gone
         */
        void await() throws IOException;
    }

    /**
     * Of a data plane.
     *
     * @param incarnation of it
     * @param barrier waited for after each thousand commands, and at the end
     */
    public WorkloadCommands(DataplaneProxy proxy, Workload workload, long incarnation, Barrier barrier) {
        this.proxy = proxy;
        this.workload = workload;
        this.incarnation = incarnation;
        this.barrier = barrier;
    }

    /** Fills the tables, and opens the interfaces that receive as the last thing: no packet is forwarded by half a table. */
    public void install() throws IOException {
        for (int router = 0; router < workload.topology().routers(); router++) {
            addRouter(router);
        }
        workload.tunnelling().install(this);
        addNeighbours();
        barrier.await();
        addRoutes();
        barrier.await();
        openIngress();
        barrier.await();
    }

    private void openIngress() throws IOException {
        for (int router = 0; router < workload.topology().routers(); router++) {
            InterfaceSpec spec =
                    spec(Topology.ingress(router), workload.receivingRouter(router), FlowFrames.ROUTER_MAC);
            addInterface(workload.tunnelling()
                    .ingress(
                            spec,
                            workload.topology().port(router),
                            workload.topology().ingressVlan(router)));
            awaitAfter(router);
        }
    }

    private void addRouter(int router) throws IOException {
        for (int id : workload.tunnelling().routers(router)) {
            require(proxy.topology()
                    .addRouter(proxy.nextCorrelationId(), id, id + 1L, PUNTS_PER_SECOND, PUNTS_PER_SECOND, "r" + id));
        }
        InterfaceSpec spec = spec(Topology.egress(router), workload.sendingRouter(router), FlowFrames.ROUTER_MAC);
        addInterface(workload.tunnelling()
                .egress(
                        spec,
                        workload.topology().port(router),
                        workload.topology().egressVlan(router)));
        if (workload.scheduling() == Workload.Scheduling.CLASSES) {
            addClass(router);
        }
        awaitAfter(router);
    }

    /** An interface of a kind that is set yet. */
    static InterfaceSpec spec(int interfaceId, int router, long mac) {
        return new InterfaceSpec()
                .id(interfaceId, router)
                .mac(mac)
                .mtuBytes(MTU)
                .name("i" + interfaceId);
    }

    /** A tunnel's end of which everything else is set yet. */
    static InterfaceSpec tunnelSpec(int interfaceId, int router) {
        return spec(interfaceId, router, TunnelKind.LOCAL_MAC)
                .mtuBytes(TUNNEL_MTU)
                .name("tunnel" + interfaceId);
    }

    void addInterface(InterfaceSpec spec) {
        require(proxy.topology().addInterface(proxy.nextCorrelationId(), spec));
        require(proxy.topology().setInterfaceState(proxy.nextCorrelationId(), spec.interfaceId(), true));
    }

    /** A tunnel within the underlay router, by which packets go both ways. */
    void addTunnel(TunnelKind kind) {
        addTunnel(kind, kind.localEnd(tunnelSpec(TUNNEL, TUNNEL_ROUTER), UNDERLAY_ROUTER), UNDERLAY_ROUTER);
    }

    /** A tunnel's end and its keys; the underlay router takes for itself what is sent to that end. */
    void addTunnel(TunnelKind kind, InterfaceSpec spec, int underlayRouter) {
        addInterface(spec);
        if (spec.tunnel().isEthernet()) {
            addNeighbour(spec.interfaceId(), FAR_END, TunnelKind.REMOTE_MAC);
        }
        if (spec.tunnel().keepalive().isPresent()) {
            addSource(spec.interfaceId(), spec.tunnel().keepalive().targetLow() + 1);
        }
        for (boolean isOutbound : new boolean[] {true, false}) {
            for (SecurityAssociationSpec key : kind.keys(spec.interfaceId(), isOutbound, incarnation)) {
                require(proxy.keys().addSecurityAssociation(proxy.nextCorrelationId(), key));
            }
        }
        require(proxy.tables()
                .addRoute(
                        proxy.nextCorrelationId(),
                        underlayRouter,
                        AddressFamily.IPV4,
                        0,
                        spec.tunnel().localLow(),
                        HOST_LENGTH,
                        RouteKind.LOCAL,
                        new NextHops()));
    }

    /** The address that an interface sends from what it sends itself. */
    private void addSource(int interfaceId, long address) {
        require(proxy.tables()
                .addInterfaceAddress(
                        proxy.nextCorrelationId(), interfaceId, AddressFamily.IPV4, 0, address, AddressUse.SOURCE));
    }

    /** What a virtual router does with a label that comes in, and whom it sends the packet to by an interface. */
    void addLabel(LabelSpec spec, int interfaceId, int neighbour) {
        NextHops via = new NextHops().add(interfaceId, 0, Topology.ipv4Gateway(neighbour), 1);
        require(proxy.labels().addLabel(proxy.nextCorrelationId(), spec, via));
    }

    /** A neighbour of IPv4 on an interface of any virtual router. */
    void addNeighbour(int interfaceId, int neighbour, long mac) {
        require(proxy.tables()
                .addNeighbour(
                        proxy.nextCorrelationId(),
                        interfaceId,
                        AddressFamily.IPV4,
                        0,
                        Topology.ipv4Gateway(neighbour),
                        mac));
    }

    private void addClass(int router) {
        int port = workload.topology().port(router);
        require(proxy.classes()
                .setPortRate(proxy.nextCorrelationId(), port, PORT_RATE, ClassProxy.ETHERNET_OVERHEAD_BYTES));
        ClassSpec spec = new ClassSpec().realTime(CLASS_RATE, 0, CLASS_RATE).linkShare(CLASS_RATE, 0, CLASS_RATE);
        require(proxy.classes()
                .addClass(proxy.nextCorrelationId(), 1 + router, 0, port, Topology.egress(router), spec, "c" + router));
    }

    private void addNeighbours() throws IOException {
        Set<WorkloadRoute> seen = new HashSet<>();
        for (WorkloadRoute route : workload.routes()) {
            int neighbour = route.neighbour();
            if (seen.add(new WorkloadRoute(route.router(), route.family(), 0, 0, 0, neighbour))) {
                require(proxy.tables()
                        .addNeighbour(
                                proxy.nextCorrelationId(),
                                Topology.egress(route.router()),
                                route.family(),
                                gatewayHi(route),
                                gatewayLo(route),
                                Topology.NEIGHBOUR_MAC + neighbour));
                awaitAfter(seen.size());
            }
        }
    }

    private void addRoutes() throws IOException {
        int sent = 0;
        for (WorkloadRoute route : workload.routes()) {
            addRoute(route, workload.sendingRouter(route.router()), Topology.egress(route.router()));
            awaitAfter(++sent);
        }
    }

    /** A route of a virtual router to its neighbour by an interface; a tunnel has but one, whatever its address is. */
    void addRoute(WorkloadRoute route, int router, int interfaceId) {
        require(proxy.tables()
                .addRoute(
                        proxy.nextCorrelationId(),
                        router,
                        route.family(),
                        route.hi(),
                        route.lo(),
                        route.length(),
                        RouteKind.UNICAST,
                        new NextHops().add(interfaceId, gatewayHi(route), gatewayLo(route), 1)));
    }

    private void awaitAfter(int sent) throws IOException {
        if (sent % COMMANDS_AT_ONCE == 0) {
            barrier.await();
        }
    }

    private static long gatewayHi(WorkloadRoute route) {
        return route.family() == AddressFamily.IPV4 ? 0 : Topology.ipv6GatewayHi();
    }

    private static long gatewayLo(WorkloadRoute route) {
        return route.family() == AddressFamily.IPV4
                ? Topology.ipv4Gateway(route.neighbour())
                : Topology.ipv6GatewayLo(route.neighbour());
    }

    /**
     * Refuses to go on when a command found no room.
     *
     * @throws NotMeasuredException then
     */
    public static void require(boolean accepted) {
        if (!accepted) {
            throw new NotMeasuredException("the data plane does not read its commands");
        }
    }
}
