package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.capture.CaptureTap;
import io.vireo.dataplane.emulation.Emulator;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.LinkQueue;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.path.handover.HandoverOut;
import io.vireo.dataplane.port.WorkerPorts;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.counters.StatisticsWriter;

/** Distributes frames to send to ports, other workers and internal links. Single user: its worker. */
public final class Schedule {
    private static final int QUEUE_FULL = DropReason.QUEUE_FULL.code();
    private static final int PORT_DOWN = DropReason.PORT_DOWN.code();

    private final int worker;
    private final PortQueue[] queues;
    private final HandoverOut handovers;
    private final LinkQueue links;
    private final Emulator emulator;
    private final StatisticsWriter statistics;
    private final CaptureTap tap;
    private final Discards discards;

    /** Joins the ways out; {@code queues} is by port id, used for the ports that {@code worker} sends for. */
    public Schedule(
            int worker,
            PortQueue[] queues,
            HandoverOut handovers,
            LinkQueue links,
            Emulator emulator,
            StatisticsWriter statistics,
            CaptureTap tap,
            Discards discards) {
        this.worker = worker;
        this.queues = queues.clone();
        this.handovers = handovers;
        this.links = links;
        this.emulator = emulator;
        this.statistics = statistics;
        this.tap = tap;
        this.discards = discards;
    }

    /** Places every tx frame of the burst. */
    public void process(Burst burst, WorkerPorts ports, long nowNs) {
        TxFrames txFrames = burst.txFrames;
        int count = txFrames.count;
        int end;
        for (int from = 0; from < count; from = end) {
            end = endOfRun(txFrames.target, from, count);
            place(txFrames, from, end, ports, nowNs);
        }
        handovers.flush(txFrames, discards);
    }

    /** Behind the last of the packets from this one on that go the same way. */
    private static int endOfRun(int[] targets, int from, int count) {
        int end = from + 1;
        while (end < count && targets[end] == targets[from]) {
            end++;
        }
        return end;
    }

    private void place(TxFrames txFrames, int from, int end, WorkerPorts ports, long nowNs) {
        boolean isOwnControl = TxFrames.isOwnControl(txFrames.target[from]);
        int target = TxFrames.place(txFrames.target[from]);
        if (TxFrames.goesByWire(txFrames.target[from]) && isWireHere(txFrames.target[from], ports)) {
            emulate(txFrames, from, end, ports, nowNs);
            return;
        }
        if (target < 0) {
            for (int k = from; k < end; k++) {
                link(txFrames, k, ~target);
            }
            return;
        }
        int owner = ports.owner(target);
        if (owner == worker && isOwnControl) {
            ownControl(txFrames, from, end, target, nowNs);
        } else if (owner == worker) {
            queues[target].enqueue(txFrames, from, end, nowNs, discards);
        } else if (owner == WorkerPorts.NO_OWNER) {
            for (int k = from; k < end; k++) {
                drop(txFrames, k, PORT_DOWN);
            }
        } else {
            for (int k = from; k < end; k++) {
                handovers.add(owner, k);
            }
        }
    }

    /** Whether it is this worker's to hold: a port's wire is of the one that sends for it, all others of whoever has the packet. */
    private boolean isWireHere(int target, WorkerPorts ports) {
        int place = TxFrames.place(target);
        return place < 0 || TxFrames.goesByTunnelWires(target) || ports.owner(place) == worker;
    }

    /** Puts frames on their wire; where it is emulated no longer, they go on at once. */
    private void emulate(TxFrames txFrames, int from, int end, WorkerPorts ports, long nowNs) {
        for (int k = from; k < end; k++) {
            if (!emulator.hold(txFrames, k, nowNs)) {
                txFrames.passWire(k);
                place(txFrames, k, k + 1, ports, nowNs);
            }
        }
    }

    private void ownControl(TxFrames txFrames, int from, int end, int port, long nowNs) {
        int ahead = queues[port].enqueueOwnControl(txFrames, from, end, nowNs, discards);
        statistics.portOwnControl(port, ahead, end - from - ahead);
    }

    private boolean offer(TxFrames txFrames, int k, int farEnd) {
        return TxFrames.isOwnControl(txFrames.target[k])
                ? links.offerOwnControl(txFrames.mbuf[k], farEnd)
                : links.offer(txFrames.mbuf[k], farEnd);
    }

    private void link(TxFrames txFrames, int k, int farEnd) {
        if (offer(txFrames, k, farEnd)) {
            if (tap.isOpen()) {
                tap.sent(txFrames.mbuf[k], txFrames.egress[k]);
            }
            statistics.interfaceSent(txFrames.egress[k], 1, txFrames.bytes[k]);
            statistics.routerSent(txFrames.router[k], 1, txFrames.bytes[k]);
        } else {
            drop(txFrames, k, QUEUE_FULL);
        }
    }

    private void drop(TxFrames txFrames, int k, int reason) {
        discards.drop(txFrames.mbuf[k], txFrames.egress[k], txFrames.router[k], reason);
    }
}
