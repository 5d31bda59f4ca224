package io.vireo.dataplane.conductor;

import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.command.CommandAdapter;
import io.vireo.dataplane.wire.memory.Heartbeats;
import org.agrona.concurrent.Agent;

/**
 * The thread that owns the tables: carries out commands, finishes what takes several rounds up to a work limit
 * each, and reclaims what no
 * worker can still see.
 */
public final class Conductor implements Agent {
    private static final int COMMAND_LIMIT = 128;
    private static final int NEIGHBOUR_LIMIT = 256;
    private static final int TUNNEL_LIMIT = 256;
    private static final int ASSOCIATION_LIMIT = 16;
    private static final int SWEEP_LIMIT = 512;
    private static final int DUMP_LIMIT = 256;
    private static final int RECLAIM_LIMIT = 256;
    private static final long WATCH_INTERVAL_NS = 500_000_000L;

    private final CommandAdapter commands;
    private final ConductorState state;
    private final Resync resync;
    private final Dumps dumps;
    private final Barriers barriers;
    private final Gauges gauges;
    private final QuiescentState quiescent;
    private final Heartbeats heartbeats;
    private long watchDeadlineNs;

    Conductor(
            CommandAdapter commands,
            ConductorState state,
            Resync resync,
            Dumps dumps,
            Barriers barriers,
            Gauges gauges,
            QuiescentState quiescent,
            Heartbeats heartbeats) {
        this.commands = commands;
        this.state = state;
        this.resync = resync;
        this.dumps = dumps;
        this.barriers = barriers;
        this.gauges = gauges;
        this.quiescent = quiescent;
        this.heartbeats = heartbeats;
    }

    @Override
    public String roleName() {
        return "conductor";
    }

    @Override
    public int doWork() {
        return doWork(System.nanoTime());
    }

    int doWork(long nowNs) {
        heartbeats.conductor(nowNs);
        int work = state.classes().poll();
        // A worker that is busy with classes holds the commands back, not the conductor.
        work += commands.poll(nowNs, Math.min(COMMAND_LIMIT, state.classes().room()));
        work += state.neighbours().doWork(NEIGHBOUR_LIMIT);
        work += state.associations().doWork(nowNs, ASSOCIATION_LIMIT);
        work += state.tunnelRoutes().doWork(TUNNEL_LIMIT);
        work += resync.doWork(Math.min(SWEEP_LIMIT, state.classes().room()));
        work += dumps.doWork(DUMP_LIMIT);
        work += reclaim();
        work += barriers.poll();
        if (nowNs - watchDeadlineNs >= 0) {
            watchDeadlineNs = nowNs + WATCH_INTERVAL_NS;
            work += state.ports().watch();
            gauges.update(state, resync);
        }
        return work;
    }

    private int reclaim() {
        quiescent.advance();
        return state.ipv4().reclaim(RECLAIM_LIMIT)
                + state.ipv6().reclaim(RECLAIM_LIMIT)
                + state.adjacencies().reclaim(RECLAIM_LIMIT)
                + state.nextHops().reclaim(RECLAIM_LIMIT)
                + state.labels().reclaim(RECLAIM_LIMIT)
                + state.tunnels().reclaim(RECLAIM_LIMIT)
                + state.emulations().reclaim(RECLAIM_LIMIT)
                + state.members().reclaim()
                + state.associations().reclaim(RECLAIM_LIMIT);
    }

    /** Unplugs the ports. The workers have stopped before. */
    @Override
    public void onClose() {
        state.ports().close();
    }
}
