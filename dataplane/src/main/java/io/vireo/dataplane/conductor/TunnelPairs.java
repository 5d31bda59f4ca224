package io.vireo.dataplane.conductor;

import io.vireo.dataplane.encapsulation.TunnelEnds;
import io.vireo.dataplane.nexthop.IndexPool;
import io.vireo.dataplane.tables.QuiescentState;

/**
 * Between which addresses there are tunnels of a kind that has keys, and how many. A worker asks when a packet's key leads to no
 * tunnel: from such a far end it is dropped, from a stranger it is the kernel's.
 *
 * <p>A record per pair, not a walk over the pair's tunnels: of these there may be thousands, and whoever forges the far end's address
 * would have a worker walk over them for each packet. Allocates nothing after construction. Single user: the conductor.
 */
final class TunnelPairs {
    private static final int KEYLESS = 0;
    private static final int NO_OPTIONS = 0;
    private static final int FIRST = 1;

    private final TunnelEnds pairs;
    private final IndexPool pool;

    /** @param capacity the tunnels'. */
    TunnelPairs(TunnelEnds pairs, int capacity, QuiescentState quiescent) {
        this.pairs = pairs;
        pool = new IndexPool(FIRST, capacity, quiescent);
    }

    /** There are so many more tunnels between two addresses, or, negative, less: these have not been retired yet. */
    void change(int underlay, int kind, long remoteHigh, long remoteLow, long localHigh, long localLow, int tunnels) {
        long pair = pairs.lookup(underlay, kind, remoteHigh, remoteLow, localHigh, localLow, KEYLESS);
        if (pair == TunnelEnds.NO_RECORD) {
            pairs.add(take(), underlay, kind, remoteHigh, remoteLow, localHigh, localLow, KEYLESS, NO_OPTIONS, tunnels);
        } else {
            setTunnels(pairs.indexOf(pair), TunnelEnds.interfaceId(pair) + tunnels);
        }
    }

    /** Each pair is retired before its last tunnel is, so there is an index for one wherever there was one for a tunnel. */
    private int take() {
        int index = pool.take();
        if (index < 0) {
            throw new IllegalStateException("fewer pairs than tunnels");
        }
        return index;
    }

    private void setTunnels(int index, int tunnels) {
        if (tunnels > 0) {
            pairs.setInterface(index, tunnels);
        } else {
            pairs.remove(index);
            pool.retire(index);
        }
    }

    /** Frees at most {@code limit} pairs that no worker can still see; returns how many. */
    int reclaim(int limit) {
        return pool.reclaim(limit);
    }
}
