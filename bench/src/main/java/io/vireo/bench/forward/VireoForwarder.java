package io.vireo.bench.forward;

import io.vireo.bench.report.NotMeasuredException;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.counters.PortCounts;
import io.vireo.dataplane.wire.counters.StatisticsReader;
import io.vireo.dataplane.wire.counters.TrafficCounts;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A running data plane of Vireo's, its tables and its counters. One thread; but any may ask for {@link #sentPackets}. */
public final class VireoForwarder implements Forwarder {
    private static final int QUEUES = 1;
    private static final int DESCRIPTORS = 512;
    private static final int MTU = 1500;
    private static final int NOT_CLASSIFIED = -1;

    private static final long COMMAND_WAIT_NS = TimeUnit.SECONDS.toNanos(5);

    private final LaunchedVireo launched;
    private final SharedMemory memory;
    private final Workload workload;
    private final List<PollingThread> workers;
    private final DataplaneProxy proxy;
    private final StatisticsReader statistics;

    /** @param contender whose process it is */
    VireoForwarder(LaunchedVireo launched, SharedMemory memory, VireoContender contender) {
        this.launched = launched;
        this.memory = memory;
        this.workload = contender.workload();
        this.workers = IntStream.range(0, contender.cpus().workers().size())
                .mapToObj(worker -> new PollingThread(launched.process().pid(), "worker-" + worker))
                .toList();
        this.proxy = new DataplaneProxy(memory, COMMAND_WAIT_NS);
        this.statistics = memory.statisticsReader();
    }

    /**
     * Attaches the ports; returns when they are polled.
     *
     * @param devices one for each port of the topology
     */
    public void plug(List<String> devices) throws IOException {
        memory.attachControl(ProcessHandle.current().pid(), System.nanoTime());
        for (int port = 0; port < devices.size(); port++) {
            WorkloadCommands.require(proxy.topology()
                    .addPort(proxy.nextCorrelationId(), port, QUEUES, DESCRIPTORS, MTU, "p" + port, devices.get(port)));
        }
        awaitBarrier();
    }

    /** Fills the tables; returns when all of it is in force. */
    public void configure() throws IOException {
        new WorkloadCommands(proxy, workload, memory.incarnation(), this::awaitBarrier).install();
    }

    private void awaitBarrier() throws IOException {
        launched.awaitBarrier(memory, proxy);
    }

    /** Packets its ports took since it started. Thread-safe. */
    public long sentPackets() {
        long sent = 0;
        for (int port = 0; port < workload.topology().ports(); port++) {
            sent += statistics.portCounts(port).txPackets();
        }
        return sent;
    }

    @Override
    public List<PacketCounts> counts() throws IOException {
        List<PacketCounts> counts = new ArrayList<>();
        for (int worker = 0; worker < workers.size(); worker++) {
            counts.add(countsOf(worker));
        }
        return counts;
    }

    /** What cannot be attributed to a router counts against the first worker: it is lost, whoever lost it. */
    private PacketCounts countsOf(int worker) throws IOException {
        long lost =
                worker == 0 ? Arrays.stream(statistics.drops(NOT_CLASSIFIED)).sum() : 0;
        for (int router = 0; router < workload.topology().routers(); router++) {
            if (workerOf(workload.topology().port(router)) == worker) {
                for (int id : workload.tunnelling().routers(router)) {
                    TrafficCounts counts = statistics.routerCounts(id);
                    lost += counts.dropPackets() + counts.puntPackets() + counts.puntLimitedPackets();
                }
            }
        }
        long received = 0;
        long sent = 0;
        for (int id = 0; id < workload.topology().ports(); id++) {
            if (workerOf(id) == worker) {
                PortCounts port = statistics.portCounts(id);
                received += port.rxPackets();
                sent += port.txPackets();
                lost += port.txDroppedPackets() + port.missedPackets() + port.inputErrors() + port.outputErrors();
            }
        }
        return new PacketCounts(System.nanoTime(), workers.get(worker).cpuTimeNs(), received, sent, lost);
    }

    /** A port with one queue is its worker's both to receive and to send. */
    private int workerOf(int port) {
        return SharedLimits.transmitWorker(port, workers.size());
    }

    /** Each router's packets must have come in by its own VLAN and gone out by its own: what one interface took, its partner sent. */
    @Override
    public void verify() {
        workload.tunnelling().verify(statistics);
        long min = Long.MAX_VALUE;
        long max = 0;
        for (int router = 0; router < workload.topology().routers(); router++) {
            // The egress first: what is forwarded meanwhile then makes the ingress larger, never the egress.
            long sent = statistics.interfaceCounts(Topology.egress(router)).txPackets();
            long received = statistics.interfaceCounts(Topology.ingress(router)).rxPackets();
            if (sent == 0 || received < sent) {
                throw new NotMeasuredException(
                        "virtual router " + router + " received " + received + " packets and sent " + sent);
            }
            min = Math.min(min, sent);
            max = Math.max(max, sent);
        }
        // The capture files hold each flow equally often, and are read round and round.
        if (max - min > max / 2) {
            throw new NotMeasuredException("virtual routers sent between " + min + " and " + max + " packets");
        }
    }

    @Override
    public void close() {
        launched.close();
        memory.close();
    }
}
