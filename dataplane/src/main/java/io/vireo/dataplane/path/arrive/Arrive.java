package io.vireo.dataplane.path.arrive;

import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.LinkQueue;
import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.port.WorkerPorts;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;

/** Fills a burst with what there is to do. Single user: the burst's worker. */
public final class Arrive {
    private final LinkQueue links;
    private final StatisticsWriter statistics;
    private int nextQueue;

    public Arrive(LinkQueue links, StatisticsWriter statistics) {
        this.links = links;
        this.statistics = statistics;
    }

    /** Takes packets from the links and the ports; returns how many. The burst must be empty. */
    public int process(Burst burst, WorkerPorts ports) {
        if (links.drainTo(burst) > 0) {
            describe(burst, 0);
            burst.endRxRun();
        }
        int queues = ports.rxQueues();
        for (int n = 0; n < queues && burst.size < burst.capacity; n++) {
            receive(burst, ports, (nextQueue + n) % queues);
        }
        nextQueue = nextQueue + 1 < queues ? nextQueue + 1 : 0;
        return burst.size;
    }

    /** Frees what is under way on links. When the worker stops. */
    public void discardAll(Discards discards) {
        for (long mbuf = links.poll(); mbuf != 0; mbuf = links.poll()) {
            discards.free(mbuf);
        }
    }

    private void receive(Burst burst, WorkerPorts ports, int queue) {
        int first = burst.size;
        int room = Math.min(burst.capacity - first, ports.receiveLimit());
        int count = ports.rxQueue(queue).receive(burst.mbufs, first, room);
        if (count == 0) {
            return;
        }
        int port = ports.rxPort(queue);
        burst.size = first + count;
        for (int i = first; i < burst.size; i++) {
            burst.origin[i] = port;
        }
        burst.endRxRun();
        statistics.portReceived(port, count, describe(burst, first));
    }

    /** Reads the mbufs from {@code first} on, all before any packet's bytes, so that cache misses overlap; returns the bytes. */
    public static long describe(Burst burst, int first) {
        MbufArray mbufs = burst.mbufs;
        int size = burst.size;
        long bytes = 0;
        int beyond = 0;
        for (int i = first; i < size; i++) {
            long mbuf = mbufs.get(i);
            int length = Mbuf.dataLength(mbuf);
            burst.frame[i] = Mbuf.dataAddress(mbuf);
            burst.frameLength[i] = length;
            bytes += length;
            beyond |= Mbuf.packetLength(mbuf) ^ length;
        }
        burst.hasChains |= beyond != 0;
        return bytes;
    }
}
