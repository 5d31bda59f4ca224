package io.vireo.dataplane.conductor;

import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.command.CommandAdapter;
import io.vireo.dataplane.wire.memory.Heartbeats;
import org.agrona.concurrent.Agent;

/**
 * The thread that owns the tables: carries out commands, finishes what takes several rounds in slices, and reclaims what no
 * worker can still see.
 */
public final class Conductor implements Agent {
    private static final int COMMAND_LIMIT = 128;
    private static final int NEIGHBOUR_LIMIT = 256;
    private static final int SWEEP_LIMIT = 512;
    private static final int DUMP_LIMIT = 256;
    private static final int RECLAIM_LIMIT = 256;
    private static final long WATCH_INTERVAL_NS = 500_000_000L;

    private final CommandAdapter commands;
    private final ConductorState books;
    private final Resync resync;
    private final Dumps dumps;
    private final Barriers barriers;
    private final Gauges levels;
    private final QuiescentState quiescent;
    private final Heartbeats heartbeats;
    private long watchDeadlineNs;

    Conductor(
            CommandAdapter commands,
            ConductorState books,
            Resync resync,
            Dumps dumps,
            Barriers barriers,
            Gauges levels,
            QuiescentState quiescent,
            Heartbeats heartbeats) {
        this.commands = commands;
        this.books = books;
        this.resync = resync;
        this.dumps = dumps;
        this.barriers = barriers;
        this.levels = levels;
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
        int work = books.classes().poll();
        // A worker that is busy with classes holds the commands back, not the conductor.
        work += commands.poll(nowNs, Math.min(COMMAND_LIMIT, books.classes().room()));
        work += books.neighbours().slice(NEIGHBOUR_LIMIT);
        work += resync.slice(Math.min(SWEEP_LIMIT, books.classes().room()));
        work += dumps.slice(DUMP_LIMIT);
        work += reclaim();
        work += barriers.poll();
        if (nowNs - watchDeadlineNs >= 0) {
            watchDeadlineNs = nowNs + WATCH_INTERVAL_NS;
            work += books.ports().watch();
            levels.update(books, resync);
        }
        return work;
    }

    private int reclaim() {
        quiescent.advance();
        return books.ipv4().reclaim(RECLAIM_LIMIT)
                + books.ipv6().reclaim(RECLAIM_LIMIT)
                + books.adjacencies().reclaim(RECLAIM_LIMIT)
                + books.nextHops().reclaim(RECLAIM_LIMIT);
    }

    /** Unplugs the ports. The workers have stopped before. */
    @Override
    public void onClose() {
        books.ports().close();
    }
}
