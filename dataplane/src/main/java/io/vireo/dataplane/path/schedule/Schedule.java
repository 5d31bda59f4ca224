package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.capture.CaptureTap;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.path.arrive.LinkQueue;
import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.path.handover.HandoverOut;
import io.vireo.dataplane.port.WorkerPorts;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.counters.StatisticsWriter;

/** Distributes departing packets to ports, other workers and internal links. Single user: its worker. */
public final class Schedule {
    private static final int QUEUE_FULL = DropReason.QUEUE_FULL.code();
    private static final int PORT_DOWN = DropReason.PORT_DOWN.code();

    private final int worker;
    private final PortQueue[] queues;
    private final HandoverOut handovers;
    private final LinkQueue links;
    private final StatisticsWriter statistics;
    private final CaptureTap tap;
    private final Discards discards;

    /** Joins the ways out; {@code queues} is by port id, used for the ports that {@code worker} sends for. */
    public Schedule(
            int worker,
            PortQueue[] queues,
            HandoverOut handovers,
            LinkQueue links,
            StatisticsWriter statistics,
            CaptureTap tap,
            Discards discards) {
        this.worker = worker;
        this.queues = queues.clone();
        this.handovers = handovers;
        this.links = links;
        this.statistics = statistics;
        this.tap = tap;
        this.discards = discards;
    }

    /** Places every departure of the burst. */
    public void process(Burst burst, WorkerPorts ports, long nowNs) {
        TxFrames departures = burst.txFrames;
        int count = departures.count;
        int end;
        for (int from = 0; from < count; from = end) {
            end = endOfRun(departures.target, from, count);
            place(departures, from, end, ports, nowNs);
        }
        handovers.flush(departures, discards);
    }

    /** Behind the last of the packets from this one on that go the same way. */
    private static int endOfRun(int[] targets, int from, int count) {
        int end = from + 1;
        while (end < count && targets[end] == targets[from]) {
            end++;
        }
        return end;
    }

    private void place(TxFrames departures, int from, int end, WorkerPorts ports, long nowNs) {
        int target = departures.target[from];
        if (target < 0) {
            for (int k = from; k < end; k++) {
                link(departures, k, ~target);
            }
            return;
        }
        int owner = ports.owner(target);
        if (owner == worker) {
            queues[target].enqueue(departures, from, end, nowNs, discards);
        } else if (owner == WorkerPorts.NO_OWNER) {
            for (int k = from; k < end; k++) {
                drop(departures, k, PORT_DOWN);
            }
        } else {
            for (int k = from; k < end; k++) {
                handovers.add(owner, k);
            }
        }
    }

    private void link(TxFrames departures, int k, int farEnd) {
        if (links.offer(departures.mbuf[k], farEnd)) {
            if (tap.isOpen()) {
                tap.sent(departures.mbuf[k], departures.egress[k]);
            }
            statistics.interfaceSent(departures.egress[k], 1, departures.bytes[k]);
            statistics.routerSent(departures.router[k], 1, departures.bytes[k]);
        } else {
            drop(departures, k, QUEUE_FULL);
        }
    }

    private void drop(TxFrames departures, int k, int reason) {
        discards.drop(departures.mbuf[k], departures.egress[k], departures.router[k], reason);
    }
}
