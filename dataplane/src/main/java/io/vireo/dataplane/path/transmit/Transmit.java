package io.vireo.dataplane.path.transmit;

import io.vireo.dataplane.capture.CaptureTap;
import io.vireo.dataplane.path.Discards;
import io.vireo.dataplane.path.schedule.FifoScheduler;
import io.vireo.dataplane.path.schedule.ReadyBatch;
import io.vireo.dataplane.port.WorkerPorts;
import io.vireo.dataplane.wire.DropReason;
import io.vireo.dataplane.wire.StatisticsWriter;
import io.vireo.dpdk.TxQueue;

/** Sends for the ports a worker owns. Single user: that worker. */
public final class Transmit {
    private static final int REFUSED = DropReason.TRANSMIT_REFUSED.code();

    private final FifoScheduler[] schedulers;
    private final StatisticsWriter statistics;
    private final CaptureTap tap;
    private final Discards discards;

    /** Takes the schedulers by port id; those of ports that the worker sends for are used. */
    public Transmit(
            final FifoScheduler[] schedulers,
            final StatisticsWriter statistics,
            final CaptureTap tap,
            final Discards discards) {
        this.schedulers = schedulers.clone();
        this.statistics = statistics;
        this.tap = tap;
        this.discards = discards;
    }

    /** Sends what is ready at each port; returns how many packets. */
    public int process(final WorkerPorts ports, final long nowNs) {
        int sent = 0;
        for (int n = 0; n < ports.ownedPorts(); n++) {
            final int port = ports.ownedPort(n);
            final FifoScheduler scheduler = schedulers[port];
            final int count = scheduler.dequeue(nowNs);
            if (count > 0) {
                sent += send(port, ports.txQueue(port), scheduler.ready(), count);
            }
        }
        return sent;
    }

    private int send(final int port, final TxQueue queue, final ReadyBatch ready, final int count) {
        if (tap.isOpen()) {
            show(ready, count);
        }
        final int sent = queue.send(ready.mbufs, 0, count);
        statistics.portSent(port, sent, countSent(ready, sent));
        if (sent < count) {
            statistics.portRefused(port, count - sent);
            for (int k = sent; k < count; k++) {
                discards.drop(ready.mbufs.get(k), ready.egress[k], ready.router[k], REFUSED);
            }
        }
        ready.clear();
        return sent;
    }

    private void show(final ReadyBatch ready, final int count) {
        for (int k = 0; k < count; k++) {
            tap.sent(ready.mbufs.get(k), ready.egress[k]); // before the device has them: then they are no longer ours
        }
    }

    private long countSent(final ReadyBatch ready, final int sent) {
        long bytes = 0;
        for (int k = 0; k < sent; k++) {
            final int frameBytes = ready.bytes[k];
            statistics.interfaceSent(ready.egress[k], 1, frameBytes);
            statistics.routerSent(ready.router[k], 1, frameBytes);
            bytes += frameBytes;
        }
        return bytes;
    }
}
