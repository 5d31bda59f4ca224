package io.vireo.dataplane.path.transmit;

import io.vireo.dataplane.capture.CaptureTap;
import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.path.schedule.PortQueue;
import io.vireo.dataplane.path.schedule.ReadyBatch;
import io.vireo.dataplane.port.WorkerPorts;
import io.vireo.dataplane.tables.IntArrays;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dpdk.TxQueue;
import org.jspecify.annotations.Nullable;

/** Sends for the ports a worker owns. Single user: that worker. */
public final class Transmit {
    private static final int REFUSED = DropReason.TRANSMIT_REFUSED.code();
    private static final int PORT_DOWN = DropReason.PORT_DOWN.code();

    private final PortQueue[] queues;
    private final StatisticsWriter statistics;
    private final CaptureTap tap;
    private final Discards discards;

    /** Takes the queues by port id; those of ports that the worker sends for are used. */
    public Transmit(PortQueue[] queues, StatisticsWriter statistics, CaptureTap tap, Discards discards) {
        this.queues = queues.clone();
        this.statistics = statistics;
        this.tap = tap;
        this.discards = discards;
    }

    /** Sends what is ready at each port; returns how many packets. */
    public int process(WorkerPorts ports, long nowNs) {
        int sent = 0;
        for (int n = 0; n < ports.ownedPorts(); n++) {
            int port = ports.ownedPort(n);
            PortQueue queue = queues[port];
            if (queue.dequeue(nowNs, discards) > 0) {
                sent += send(port, ports.txQueue(port), queue);
            }
        }
        return sent;
    }

    private int send(int port, @Nullable TxQueue device, PortQueue queue) {
        ReadyBatch ready = queue.ready();
        if (device == null) {
            discard(ready);
            return 0;
        }
        int count = ready.count;
        if (tap.isOpen()) {
            capture(ready);
        }
        int sent = device.send(ready.mbufs, 0, count);
        statistics.portSent(port, sent, countSent(ready, sent));
        if (sent == count) {
            ready.clear();
        } else if (queue.isDirect()) {
            refuse(port, ready, sent);
        } else {
            ready.removeFirst(
                    sent); // the rest goes first next time; meanwhile the classes fill, and drop by their limits
        }
        return sent;
    }

    /** What waited while there was no carrier would be too old when there is one again. */
    private void discard(ReadyBatch ready) {
        for (int k = 0; k < ready.count; k++) {
            discards.drop(ready.mbufs.get(k), ready.egress[k], ready.router[k], PORT_DOWN);
        }
        ready.clear();
    }

    private void refuse(int port, ReadyBatch ready, int sent) {
        statistics.portRefused(port, ready.count - sent);
        for (int k = sent; k < ready.count; k++) {
            discards.drop(ready.mbufs.get(k), ready.egress[k], ready.router[k], REFUSED);
        }
        ready.clear();
    }

    private void capture(ReadyBatch ready) {
        for (int k = ready.offered; k < ready.count; k++) {
            tap.sent(ready.mbufs.get(k), ready.egress[k]); // before the device has them: then they are no longer ours
        }
    }

    private int countSent(ReadyBatch ready, int sent) {
        if (sent > 0 && IntArrays.isUniform(ready.egress, 0, sent) && IntArrays.isUniform(ready.router, 0, sent)) {
            return countSent(ready, 0, sent, IntArrays.sum(ready.bytes, 0, sent));
        }
        int bytes = 0;
        for (int k = 0; k < sent; k++) {
            bytes += countSent(ready, k, 1, ready.bytes[k]);
        }
        return bytes;
    }

    /** Counts packets that left as packet {@code k} did; returns the bytes. */
    private int countSent(ReadyBatch ready, int k, int packets, int bytes) {
        statistics.interfaceSent(ready.egress[k], packets, bytes);
        statistics.routerSent(ready.router[k], packets, bytes);
        return bytes;
    }
}
