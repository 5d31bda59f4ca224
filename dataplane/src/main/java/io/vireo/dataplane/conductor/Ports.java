package io.vireo.dataplane.conductor;

import io.vireo.dataplane.port.WorkerPortsSlot;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.command.PortCommandHandler;
import io.vireo.dataplane.wire.counters.StatisticsOwner;
import io.vireo.dataplane.wire.event.EventProxy;
import io.vireo.dpdk.DpdkException;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.PortStats;
import org.jspecify.annotations.Nullable;

/**
 * The ports: plugged and unplugged here, polled by workers. Single user: the conductor.
 *
 * <p>Plugging allocates (names, queues, {@link WorkerShares}): the one exemption from the rule that nothing does after
 * start.
 */
final class Ports implements PortCommandHandler {
    /** Event correlation of a change that nobody asked for. */
    private static final long UNSOLICITED = -1;

    /** The round in hand, and one more: then no worker uses the queues it had before. */
    private static final int ROUNDS_TO_LEAVE = 2;

    private static final String ZERO_COPY = "zero-copy=yes";
    private static final String NOT_SHAREABLE =
            "devargs: zero-copy=yes needs packet buffers that another process can map: start the data plane with"
                    + " vireo.transparent.hugepages=false (memory.transparentHugepages of a profile)";

    private final Mempool pool;
    private final WorkerShares workers;
    private final EventProxy events;
    private final StatisticsOwner statistics;
    private final GracePeriod grace;
    private final Dependents dependents;
    private final ResyncMark mark;
    private final Refusal refusal;
    private final @Nullable PluggedPort[] ports;
    private final PortLinks links;
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
            Dependents dependents,
            ResyncMark mark,
            Refusal refusal) {
        this.pool = pool;
        links = new PortLinks(maxPorts, events);
        this.workers = new WorkerShares(workers, links.states());
        this.events = events;
        this.statistics = statistics;
        this.grace = grace;
        this.dependents = dependents;
        this.mark = mark;
        this.refusal = refusal;
        ports = new PluggedPort[maxPorts];
        counted = new boolean[maxPorts];
    }

    @Override
    public void onAddPort(
            long correlationId,
            int portId,
            int rxQueues,
            int descriptors,
            int mtu,
            CharSequence name,
            CharSequence devargs) {
        PortRequest request = new PortRequest(rxQueues, descriptors, mtu, name.toString(), devargs.toString());
        refusal.answer(correlationId, add(correlationId, portId, request));
    }

    @Override
    public void onRemovePort(long correlationId, int portId) {
        refusal.answer(correlationId, remove(correlationId, portId));
    }

    @Override
    public void onSetPortLink(long correlationId, int portId, boolean up) {
        links.set(correlationId, portId, ports[portId], up);
    }

    @Override
    public void onDetachPort(long correlationId, int portId) {
        refusal.answer(correlationId, detach(correlationId, portId));
    }

    /** Plugs and starts a device and gives it to the workers; the state is reported to control. */
    private boolean add(long correlationId, int id, PortRequest request) {
        PluggedPort existing = ports[id];
        if (existing != null && existing.isOpen()) {
            return readd(correlationId, id, existing, request);
        }
        if (!pool.isShareable() && request.devargs().contains(ZERO_COPY)) {
            events.portState(correlationId, id, PortState.FAILED, 0, 0, request.name());
            return refusal.because(CommandResult.DEVICE, NOT_SHAREABLE);
        }
        try {
            PluggedPort port = PluggedPort.plug(request, pool);
            port.warmUp(stats);
            port.mark(mark.current());
            if (existing != null) {
                port.succeed(existing);
            }
            ports[id] = port;
        } catch (DpdkException e) {
            if (existing != null) {
                existing.mark(mark.current()); // it is wanted, and stays detached
            }
            events.portState(correlationId, id, PortState.FAILED, 0, 0, request.name());
            return refusal.becauseOf(CommandResult.DEVICE, "devargs: ", String.valueOf(e.getMessage()));
        }
        if (existing == null) {
            begin(id);
        }
        workers.publish(ports);
        report(correlationId, id);
        return true;
    }

    private void begin(int id) {
        if (counted[id]) {
            statistics.zeroPort(id);
        }
        counted[id] = true;
        count++;
    }

    private boolean readd(long correlationId, int id, PluggedPort existing, PortRequest request) {
        if (!existing.request().isSameDevice(request)) {
            return refusal.because(
                    CommandResult.IN_USE, "portId: port ", id, " exists with other settings; remove it first");
        }
        if (existing.request().mtu() != request.mtu()) {
            try {
                existing.changeMtu(request);
            } catch (DpdkException e) {
                return refusal.becauseOf(CommandResult.DEVICE, "mtu: ", String.valueOf(e.getMessage()));
            }
        }
        existing.mark(mark.current());
        report(correlationId, id);
        return true;
    }

    /** Takes a port with all it has queued from the workers and unplugs it; refused while it has interfaces or classes. */
    boolean remove(long correlationId, int id) {
        PluggedPort port = ports[id];
        if (port == null) {
            return check(id);
        }
        if (!dependents.mayRemovePort(id)) {
            return false;
        }
        if (port.interfaces() > 0) {
            refusal.because(CommandResult.IN_USE, "portId: port ", id, " still has ");
            return refusal.and(port.interfaces(), " interfaces");
        }
        ports[id] = null;
        links.forget(id);
        count--;
        boolean isUnplugged = unplug(port);
        events.portState(
                correlationId, id, PortState.REMOVED, 0, 0, port.request().name());
        if (isUnplugged) {
            dependents.portRemoved(id);
        }
        return isUnplugged;
    }

    /** Closes the device of a port; interfaces, classes and what is counted stay as they are. */
    private boolean detach(long correlationId, int id) {
        PluggedPort port = ports[id];
        if (port == null) {
            return check(id);
        }
        boolean isUnplugged = unplug(port);
        report(correlationId, id);
        return isUnplugged;
    }

    /** Takes a port's queues from the workers and closes its device, if it has one. */
    private boolean unplug(PluggedPort port) {
        boolean hasDevice = port.isOpen();
        port.detach();
        workers.publish(ports);
        grace.await(ROUNDS_TO_LEAVE);
        try {
            if (hasDevice) {
                port.close();
            }
            return true;
        } catch (DpdkException e) {
            return refusal.becauseOf(CommandResult.DEVICE, "portId: ", String.valueOf(e.getMessage()));
        }
    }

    /** Reports to control the ports whose carrier came or went, and copies what the devices count. Allocates nothing. */
    int watch() {
        int changes = 0;
        for (int id = 0; id < ports.length; id++) {
            PluggedPort port = ports[id];
            if (port != null && port.isOpen()) {
                port.readStats(stats);
                statistics.deviceCounts(id, stats.rxMissed(), stats.rxErrors(), stats.txErrors(), stats.rxNoMbuf());
                if (port.hasLinkChanged() && !links.isKnown(id)) {
                    report(UNSOLICITED, id);
                    changes++;
                }
            }
        }
        return changes;
    }

    private void report(long correlationId, int id) {
        PluggedPort port = ports[id];
        if (port != null) {
            links.report(correlationId, id, port);
        }
    }

    /** Unplugs every port; the workers must have stopped. */
    void close() {
        for (int id = 0; id < ports.length; id++) {
            PluggedPort port = ports[id];
            if (port != null) {
                ports[id] = null;
                if (port.isOpen()) {
                    port.close();
                }
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

    int capacity() {
        return ports.length;
    }

    int count() {
        return count;
    }
}
