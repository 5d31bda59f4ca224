package io.vireo.dataplane.conductor;

import io.vireo.dataplane.encapsulation.keepalive.KeepaliveTable;
import io.vireo.dataplane.nexthop.IndexPool;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.value.KeepaliveSpec;

/** Which tunnels have keepalives. As many as tunnels may. Single user: the conductor. */
final class Keepalives {
    private static final int NONE = 0;

    private final KeepaliveTable table;
    private final IndexPool pool;
    private final int[] indexOf;

    /** @param tunnels how many there may be. */
    Keepalives(KeepaliveTable table, int tunnels, QuiescentState quiescent) {
        this.table = table;
        pool = new IndexPool(KeepaliveTable.FIRST, table.capacity(), quiescent);
        indexOf = new int[tunnels];
    }

    /** A tunnel that has been opened is watched from now on, if it has keepalives. */
    void begin(int tunnel, int interfaceId, KeepaliveSpec keepalive) {
        if (!keepalive.isPresent()) {
            return;
        }
        int index = pool.take(); // there is one for each tunnel, and it is retired no later than the tunnel's own index
        indexOf[tunnel] = index;
        table.begin(index, interfaceId, tunnel, keepalive);
    }

    void end(int tunnel) {
        int index = indexOf[tunnel];
        if (index != NONE) {
            indexOf[tunnel] = NONE;
            table.end(index);
            pool.retire(index);
        }
    }

    int reclaim(int limit) {
        return pool.reclaim(limit);
    }
}
