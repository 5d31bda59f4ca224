package io.vireo.dataplane.conductor;

import io.vireo.dataplane.port.WorkerPorts;
import io.vireo.dataplane.port.WorkerPortsSlot;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.counters.StatisticsOwner;
import io.vireo.dataplane.wire.event.EventProxy;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dpdk.DpdkException;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.PortStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ports: plugged and unplugged here, polled by workers. Single user: the conductor.
 *
 * <p>Plugging allocates (names, queues, each worker's new {@link WorkerPorts}): the one exemption from the rule that nothing
 * does after start. Receive queues are dealt to the workers in turn; one worker sends for each port.
 */
final class Ports {
    /** Event correlation of a change that nobody asked for. */
    private static final long UNASKED = -1;

    /** The round in hand, and one more: then no worker uses the queues it had before. */
    private static final int ROUNDS_TO_LEAVE = 2;

    private static final String ZERO_COPY = "zero-copy=yes";
    private static final String NOT_SHAREABLE =
            "devargs: zero-copy=yes needs packet buffers that another process can map:"
                    + " start the data plane with vireo.transparent.hugepages=false (memory.transparentHugepages of a profile)";

    private final Mempool pool;
    private final WorkerPortsSlot[] workers;
    private final EventProxy events;
    private final StatisticsOwner statistics;
    private final GracePeriod grace;
    private final Refusal refusal;
    private final @Nullable PluggedPort[] ports;
    private final boolean[] counted;
    private final PortStats stats = new PortStats();
    private int count;

    Ports(
            int maxPorts,
            Mempool pool,
            WorkerPortsSlot[] workers,
            EventProxy events,
            StatisticsOwner statistics,
            GracePeriod grace,
            Refusal refusal) {
        this.pool = pool;
        this.workers = workers.clone();
        this.events = events;
        this.statistics = statistics;
        this.grace = grace;
        this.refusal = refusal;
        ports = new PluggedPort[maxPorts];
        counted = new boolean[maxPorts];
    }

    /** Plugs and starts a device and gives it to the workers; the state is told to control. */
    boolean add(long correlationId, int id, PortRequest request, byte mark) {
        PluggedPort existing = ports[id];
        if (existing != null) {
            return readd(correlationId, id, existing, request, mark);
        }
        if (!pool.isShareable() && request.devargs().contains(ZERO_COPY)) {
            events.portState(correlationId, id, PortState.FAILED, 0, 0, request.name());
            return refusal.because(CommandResult.DEVICE, NOT_SHAREABLE);
        }
        try {
            PluggedPort port = PluggedPort.plug(request, pool);
            port.warmUp(stats);
            ports[id] = port;
        } catch (DpdkException e) {
            events.portState(correlationId, id, PortState.FAILED, 0, 0, request.name());
            return refusal.becauseOf(CommandResult.DEVICE, "devargs: ", String.valueOf(e.getMessage()));
        }
        if (counted[id]) {
            statistics.zeroPort(id);
        }
        counted[id] = true;
        count++;
        publish();
        mark(id, mark);
        tell(correlationId, id);
        return true;
    }

    private boolean readd(long correlationId, int id, PluggedPort existing, PortRequest request, byte mark) {
        if (!existing.request().equals(request)) {
            return refusal.because(
                    CommandResult.IN_USE, "portId: port ", id, " exists with other settings; remove it first");
        }
        existing.mark(mark);
        tell(correlationId, id);
        return true;
    }

    /** Takes a port from the workers and unplugs it. */
    boolean remove(long correlationId, int id) {
        PluggedPort port = ports[id];
        if (port == null) {
            return check(id);
        }
        if (port.interfaces() > 0) {
            refusal.because(CommandResult.IN_USE, "portId: port ", id, " still has ");
            return refusal.and(port.interfaces(), " interfaces");
        }
        ports[id] = null;
        count--;
        publish();
        grace.await(ROUNDS_TO_LEAVE);
        events.portState(
                correlationId, id, PortState.REMOVED, 0, 0, port.request().name());
        try {
            port.close();
        } catch (DpdkException e) {
            return refusal.becauseOf(CommandResult.DEVICE, "portId: ", String.valueOf(e.getMessage()));
        }
        return true;
    }

    /** Gives every worker its share of the ports there are. */
    private void publish() {
        int[] owners = new int[ports.length];
        Arrays.fill(owners, WorkerPorts.NO_OWNER);
        List<List<WorkerPorts.Receiver>> receivers = new ArrayList<>();
        List<List<WorkerPorts.Sender>> senders = new ArrayList<>();
        for (int worker = 0; worker < workers.length; worker++) {
            receivers.add(new ArrayList<>());
            senders.add(new ArrayList<>());
        }
        for (int id = 0; id < ports.length; id++) {
            PluggedPort port = ports[id];
            if (port != null) {
                owners[id] = ownerOf(id);
                senders.get(owners[id]).add(new WorkerPorts.Sender(id, port.txQueue()));
                for (int queue = 0; queue < port.request().rxQueues(); queue++) {
                    int worker = (id + queue) % workers.length;
                    receivers.get(worker).add(new WorkerPorts.Receiver(id, port.rxQueue(queue)));
                }
            }
        }
        for (int worker = 0; worker < workers.length; worker++) {
            workers[worker].publish(new WorkerPorts(receivers.get(worker), senders.get(worker), owners));
        }
    }

    private int ownerOf(int id) {
        return SharedLimits.transmitWorker(id, workers.length);
    }

    /** Tells control of ports whose carrier came or went, and copies what the devices count. Allocates nothing. */
    int watch() {
        int changes = 0;
        for (int id = 0; id < ports.length; id++) {
            PluggedPort port = ports[id];
            if (port != null) {
                port.readStats(stats);
                statistics.deviceCounts(id, stats.rxMissed(), stats.rxErrors(), stats.txErrors(), stats.rxNoMbuf());
                if (port.hasLinkChanged()) {
                    tell(UNASKED, id);
                    changes++;
                }
            }
        }
        return changes;
    }

    private void tell(long correlationId, int id) {
        PluggedPort port = ports[id];
        if (port != null) {
            PortState state = port.isLinkUp() ? PortState.UP : PortState.DOWN;
            events.portState(
                    correlationId,
                    id,
                    state,
                    port.mac(),
                    port.speedMbps(),
                    port.request().name());
        }
    }

    /** Unplugs every port; the workers must have stopped. */
    void close() {
        for (int id = 0; id < ports.length; id++) {
            PluggedPort port = ports[id];
            if (port != null) {
                ports[id] = null;
                port.close();
            }
        }
    }

    /** Refuses when there is no such port. */
    boolean check(int id) {
        return ports[id] != null || refusal.because(CommandResult.NOT_FOUND, "portId: there is no port ", id, "");
    }

    boolean isPresent(int id) {
        return ports[id] != null;
    }

    /** MTU of a port, bytes; 0 if there is none. */
    int mtu(int id) {
        PluggedPort port = ports[id];
        return port == null ? 0 : port.request().mtu();
    }

    void interfaceAdded(int id) {
        PluggedPort port = ports[id];
        if (port != null) {
            port.addInterfaces(1);
        }
    }

    void interfaceRemoved(int id) {
        PluggedPort port = ports[id];
        if (port != null) {
            port.addInterfaces(-1);
        }
    }

    boolean hasInterfaces(int id) {
        PluggedPort port = ports[id];
        return port != null && port.interfaces() > 0;
    }

    int interfaces(int id) {
        PluggedPort port = ports[id];
        return port == null ? 0 : port.interfaces();
    }

    byte mark(int id) {
        PluggedPort port = ports[id];
        return port == null ? 0 : port.mark();
    }

    private void mark(int id, byte mark) {
        PluggedPort port = ports[id];
        if (port != null) {
            port.mark(mark);
        }
    }

    int capacity() {
        return ports.length;
    }

    int count() {
        return count;
    }
}
