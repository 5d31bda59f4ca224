package io.vireo.dataplane.emulation;

import io.vireo.dataplane.path.TunnelWires;
import io.vireo.dataplane.path.TxFrames;

/** The frames on a worker's emulated wires, each until it is due. Allocates nothing after construction. Single user: its worker. */
final class HeldFrames {
    private final DelayWheel wheel;
    private final long[] mbufs;
    private final int[] routers;
    private final int[] egresses;
    private final int[] targets;
    private final int[] bytes;
    private final int[] lives;
    private final TunnelWires tunnelWires;
    private final int[] free;
    private int freeCount;

    HeldFrames(int capacity) {
        wheel = new DelayWheel(capacity);
        mbufs = new long[capacity];
        routers = new int[capacity];
        egresses = new int[capacity];
        targets = new int[capacity];
        bytes = new int[capacity];
        lives = new int[capacity];
        tunnelWires = new TunnelWires(capacity);
        free = new int[capacity];
        for (int n = 0; n < capacity; n++) {
            free[n] = capacity - 1 - n;
        }
        freeCount = capacity;
    }

    boolean isFull() {
        return freeCount == 0;
    }

    int size() {
        return wheel.size();
    }

    long nextNs() {
        return wheel.nextNs();
    }

    /** Holds a buffer that goes as frame {@code k} would; there must be room. */
    void add(TxFrames frames, int k, long mbuf, int life, long dueNs, long nowNs) {
        int entry = free[--freeCount];
        mbufs[entry] = mbuf;
        routers[entry] = frames.router[k];
        egresses[entry] = frames.egress[k];
        targets[entry] = frames.target[k];
        if (TxFrames.goesByTunnelWires(targets[entry])) {
            tunnelWires.copy(entry, frames.tunnelWires(), k);
        }
        bytes[entry] = frames.bytes[k];
        lives[entry] = life;
        wheel.add(entry, dueNs, nowNs);
    }

    /** The frame that is due first, or {@link DelayWheel#NONE}; {@link #give} it back next. */
    int poll(long nowNs) {
        return wheel.poll(nowNs);
    }

    long mbuf(int entry) {
        return mbufs[entry];
    }

    /** The interface by whose wire it goes. */
    int wire(int entry) {
        return TxFrames.goesByTunnelWires(targets[entry]) ? tunnelWires.first(entry) : egresses[entry];
    }

    int life(int entry) {
        return lives[entry];
    }

    /** Lists a polled frame, past its wire, among those to send. */
    void list(int entry, TxFrames into) {
        into.add(mbufs[entry], routers[entry], egresses[entry], targets[entry], bytes[entry]);
        if (TxFrames.goesByTunnelWires(targets[entry])) {
            into.copyTunnelWires(tunnelWires, entry);
        }
        into.passWire(into.count - 1);
    }

    /** Makes room of a polled frame. */
    void give(int entry) {
        free[freeCount++] = entry;
    }
}
