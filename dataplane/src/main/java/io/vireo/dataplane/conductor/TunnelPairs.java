package io.vireo.dataplane.conductor;

import io.vireo.dataplane.encapsulation.TunnelEnds;
import io.vireo.dataplane.encapsulation.esp.EspHeader;
import io.vireo.dataplane.encapsulation.gre.GreHeader;
import io.vireo.dataplane.encapsulation.ipip.IpIpHeader;
import io.vireo.dataplane.nexthop.IndexPool;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.TunnelSpec;

/**
 * Between which addresses there are tunnels, and how many: once of the kinds that have keys, once of each protocol. A worker asks when
 * a packet's key leads to no tunnel: from such a far end it is dropped, from a stranger it is the kernel's. And it asks whether a
 * fragment is a tunnel's.
 *
 * <p>A record per pair, not a walk over the pair's tunnels: of these there may be thousands, and whoever forges the far end's address
 * would have a worker walk over them for each packet. Allocates nothing after construction. Single user: the conductor.
 */
final class TunnelPairs {
    /** Of pairs of a kind that has keys. */
    static final int KEYLESS = 0;

    /** Fragments of a kind are the kernel's. */
    static final int NO_PROTOCOL = 0;

    private static final int NO_OPTIONS = 0;
    private static final int FIRST = 1;

    private final TunnelEnds pairs;
    private final IndexPool pool;
    private long added;

    /** @param capacity the tunnels'. */
    TunnelPairs(TunnelEnds pairs, int capacity, QuiescentState quiescent) {
        this.pairs = pairs;
        pool = new IndexPool(FIRST, capacity, quiescent);
    }

    /**
     * By which protocol of IP a kind's packets come: fragments of it between a tunnel's addresses are put together. Not of UDP, by which
     * much else comes.
     */
    static int fragmentProtocol(Encapsulation kind) {
        return switch (kind) {
            case IPIP, VNS -> IpIpHeader.PROTOCOL_IPV4;
            case GRE, MPLS_GRE -> GreHeader.PROTOCOL;
            case ESP -> EspHeader.PROTOCOL;
            default -> NO_PROTOCOL;
        };
    }

    /** There are so many more tunnels between two addresses, or, negative, less: these have not been retired yet. */
    void change(TunnelSpec tunnel, int kind, int key, int tunnels) {
        int underlay = tunnel.underlayRouterId();
        long remoteHigh = tunnel.remoteHigh();
        long remoteLow = tunnel.remoteLow();
        long localHigh = tunnel.localHigh();
        long localLow = tunnel.localLow();
        long pair = pairs.lookup(underlay, kind, remoteHigh, remoteLow, localHigh, localLow, key);
        if (pair == TunnelEnds.NO_RECORD) {
            int index = take();
            pairs.add(index, underlay, kind, remoteHigh, remoteLow, localHigh, localLow, key, NO_OPTIONS, tunnels);
            pairs.setNumber(index, ++added);
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
            pairs.setNumber(index, 0);
            pairs.remove(index);
            pool.retire(index);
        }
    }

    /** Frees at most {@code limit} pairs that no worker can still see; returns how many. */
    int reclaim(int limit) {
        return pool.reclaim(limit);
    }
}
