package io.vireo.bench.forward;

import io.vireo.bench.process.Children;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.dataplane.wire.DataplaneProxy;
import io.vireo.dataplane.wire.EventAdapter;
import io.vireo.dataplane.wire.PortCounts;
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
    private static final int QUEUES = 1;
    private static final int DESCRIPTORS = 512;
    private static final int MTU = 1500;
    private static final int NOT_CLASSIFIED = -1;

    private static final long COMMAND_WAIT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long BARRIER_DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int EVENTS_AT_ONCE = 64;

    private final Process process;
    private final Path directory;
    private final SharedMemory memory;
    private final Workload workload;
    private final PollingThread thread;
    private final DataplaneProxy proxy;
    private final StatisticsReader statistics;

    VireoForwarder(Process process, Path directory, SharedMemory memory, Workload workload) {
        this.process = process;
        this.directory = directory;
        this.memory = memory;
        this.workload = workload;
        this.thread = new PollingThread(process.pid(), WORKER_THREAD);
        this.proxy = new DataplaneProxy(memory, COMMAND_WAIT_NS);
        this.statistics = memory.statisticsReader();
    }

    /**
     * Plugs the ports in and fills the tables; returns when all of it is in force.
     *
     * @param devices one for each port of the topology
     */
    void configure(List<String> devices) throws IOException {
        memory.attachControl(ProcessHandle.current().pid(), System.nanoTime());
        for (int port = 0; port < devices.size(); port++) {
            String name = "p" + port;
            WorkloadCommands.require(
                    proxy.addPort(proxy.nextCorrelationId(), port, QUEUES, DESCRIPTORS, MTU, name, devices.get(port)));
        }
        awaitBarrier();
        new WorkloadCommands(proxy, workload, this::awaitBarrier).install();
    }

    private void awaitBarrier() throws IOException {
        long barrier = proxy.nextCorrelationId();
        BarrierWaiter waiter = new BarrierWaiter(barrier);
        EventAdapter events = new EventAdapter(memory, waiter);
        WorkloadCommands.require(proxy.barrier(barrier));
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

    @Override
    public PacketCounts counts() throws IOException {
        long lost = Arrays.stream(statistics.drops(NOT_CLASSIFIED)).sum();
        for (int router = 0; router < workload.topology().routers(); router++) {
            TrafficCounts counts = statistics.routerCounts(router);
            lost += counts.dropPackets() + counts.puntPackets() + counts.puntLimitedPackets();
        }
        long received = 0;
        long sent = 0;
        for (int id = 0; id < workload.topology().ports(); id++) {
            PortCounts port = statistics.portCounts(id);
            received += port.rxPackets();
            sent += port.txPackets();
            lost += port.refusedPackets() + port.missedPackets() + port.inputErrors() + port.outputErrors();
        }
        return new PacketCounts(System.nanoTime(), thread.cpuTimeNs(), received, sent, lost);
    }

    /** Each router's packets must have come in by its own VLAN and gone out by its own: what one interface took, its partner sent. */
    @Override
    public void verify() {
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int router = 0; router < workload.topology().routers(); router++) {
            // The egress first: what is forwarded meanwhile then makes the ingress larger, never the egress.
            long sent = statistics.interfaceCounts(Topology.egress(router)).txPackets();
            long received = statistics.interfaceCounts(Topology.ingress(router)).rxPackets();
            if (sent == 0 || received < sent) {
                throw new NotMeasuredException(
                        "virtual router " + router + " received " + received + " packets and sent " + sent);
            }
            least = Math.min(least, sent);
            most = Math.max(most, sent);
        }
        // The capture files hold each flow equally often, and are read round and round.
        if (most - least > most / 2) {
            throw new NotMeasuredException("virtual routers sent between " + least + " and " + most + " packets");
        }
    }

    @Override
    public void close() {
        Children.end(process);
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
}
