package io.vireo.bench.forward;

import io.vireo.dataplane.wire.AddressFamily;
import io.vireo.dataplane.wire.DataplaneProxy;
import io.vireo.dataplane.wire.EventAdapter;
import io.vireo.dataplane.wire.NextHops;
import io.vireo.dataplane.wire.PortCounts;
import io.vireo.dataplane.wire.RouteKind;
import io.vireo.dataplane.wire.SharedMemory;
import io.vireo.dataplane.wire.StatisticsReader;
import io.vireo.dataplane.wire.TrafficCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running data plane of Vireo's, its tables and its counters. One thread. */
final class VireoForwarder implements Forwarder {
    private static final String WORKER_THREAD = "worker-0";
    private static final int PORT_ID = 0;
    private static final int QUEUES = 1;
    private static final int DESCRIPTORS = 512;
    private static final int MTU = 1500;
    private static final int PREFIX_LENGTH = 24;
    private static final int PUNTS_PER_SECOND = 100;
    private static final int NOT_CLASSIFIED = -1;

    /** Egress VLANs follow the highest possible ingress VLAN of the flows. */
    private static final int EGRESS_VLAN_OFFSET = 2000;

    /** The neighbour on each router's egress interface: 10.255.0.2. */
    private static final long GATEWAY = 10L << 24 | 255L << 16 | 2;

    private static final long COMMAND_WAIT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long BARRIER_DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int EVENTS_AT_ONCE = 64;

    private final Process process;
    private final Path directory;
    private final SharedMemory memory;
    private final Flows flows;
    private final PollingThread thread;
    private final DataplaneProxy proxy;
    private final StatisticsReader statistics;

    VireoForwarder(Process process, Path directory, SharedMemory memory, Flows flows) {
        this.process = process;
        this.directory = directory;
        this.memory = memory;
        this.flows = flows;
        this.thread = new PollingThread(process.pid(), WORKER_THREAD);
        this.proxy = new DataplaneProxy(memory, COMMAND_WAIT_NS);
        this.statistics = memory.statisticsReader();
    }

    /** Plugs the port in and fills the tables; returns when all of it is in force. */
    void configure(String device) throws IOException {
        memory.attachControl(ProcessHandle.current().pid(), System.nanoTime());
        require(proxy.addPort(proxy.nextCorrelationId(), PORT_ID, QUEUES, DESCRIPTORS, MTU, "p0", device));
        for (int flow = 0; flow < flows.count(); flow++) {
            configureRouter(flow);
        }
        awaitBarrier();
    }

    private void configureRouter(int flow) {
        require(proxy.addRouter(
                proxy.nextCorrelationId(), flow, flow + 1L, PUNTS_PER_SECOND, PUNTS_PER_SECOND, "r" + flow));
        addInterface(ingress(flow), flow, Flows.vlan(flow));
        addInterface(egress(flow), flow, Flows.vlan(flow) + EGRESS_VLAN_OFFSET);
        require(proxy.addNeighbour(
                proxy.nextCorrelationId(), egress(flow), AddressFamily.IPV4, 0, GATEWAY, Flows.NEIGHBOUR_MAC));
        require(proxy.addRoute(
                proxy.nextCorrelationId(),
                flow,
                AddressFamily.IPV4,
                0,
                Integer.toUnsignedLong(Flows.prefix(flow)),
                PREFIX_LENGTH,
                RouteKind.UNICAST,
                new NextHops().add(egress(flow), 0, GATEWAY, 1)));
    }

    private void addInterface(int interfaceId, int routerId, int vlan) {
        require(proxy.addAccessInterface(
                proxy.nextCorrelationId(), interfaceId, routerId, PORT_ID, vlan, Flows.ROUTER_MAC, MTU, "v" + vlan));
        require(proxy.setInterfaceState(proxy.nextCorrelationId(), interfaceId, true));
    }

    private void awaitBarrier() throws IOException {
        long barrier = proxy.nextCorrelationId();
        BarrierWaiter waiter = new BarrierWaiter(barrier);
        EventAdapter events = new EventAdapter(memory, waiter);
        require(proxy.barrier(barrier));
        long deadlineNs = System.nanoTime() + BARRIER_DEADLINE_NS;
        while (!waiter.reached()) {
            events.poll(EVENTS_AT_ONCE);
            Thread.onSpinWait();
            if (System.nanoTime() > deadlineNs || !process.isAlive()) {
                throw new IOException("the data plane did not take its configuration: " + waiter.refusals());
            }
        }
        if (!waiter.refusals().isEmpty()) {
            throw new IOException("the data plane refused: " + waiter.refusals());
        }
    }

    private static void require(boolean accepted) {
        if (!accepted) {
            throw new IllegalStateException("the data plane does not read its commands");
        }
    }

    @Override
    public PacketCounts counts() throws IOException {
        long lost = Arrays.stream(statistics.drops(NOT_CLASSIFIED)).sum();
        for (int flow = 0; flow < flows.count(); flow++) {
            TrafficCounts router = statistics.routerCounts(flow);
            lost += router.dropPackets() + router.puntPackets() + router.puntLimitedPackets();
        }
        PortCounts port = statistics.portCounts(PORT_ID);
        lost += port.refusedPackets() + port.missedPackets() + port.inputErrors() + port.outputErrors();
        return new PacketCounts(System.nanoTime(), thread.cpuTimeNs(), port.rxPackets(), port.txPackets(), lost);
    }

    /** Each flow must have come in by its own VLAN and gone out by its own: what one interface took, its partner sent. */
    @Override
    public void verify() {
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int flow = 0; flow < flows.count(); flow++) {
            // The egress first: what is forwarded meanwhile then makes the ingress larger, never the egress.
            long sent = statistics.interfaceCounts(egress(flow)).txPackets();
            long received = statistics.interfaceCounts(ingress(flow)).rxPackets();
            if (sent == 0 || received < sent) {
                throw new MisforwardedException(
                        "virtual router " + flow + " received " + received + " packets and sent " + sent);
            }
            least = Math.min(least, sent);
            most = Math.max(most, sent);
        }
        // The capture file holds each flow once, and is read round and round.
        if (most - least > most / 2) {
            throw new MisforwardedException("virtual routers sent between " + least + " and " + most + " packets");
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        memory.close();
        removeDirectory();
    }

    private void removeDirectory() {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("vireo: " + directory + " could not be removed: " + e);
        }
    }

    private static int ingress(int flow) {
        return 2 * flow;
    }

    private static int egress(int flow) {
        return 2 * flow + 1;
    }
}
