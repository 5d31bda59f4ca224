package io.vireo.control.network.transaction;

import io.vireo.control.store.DecisionTable;
import io.vireo.control.store.StoredPart;
import java.time.InstantSource;
import java.util.List;

/**
 * Leadership and decisions of a controller with a store of its own: whoever opens it leads, with a number one higher than whoever
 * did before. A new store begins with the seconds since 1970, for nodes remember the numbers of a store that was lost.
 */
public final class StoredDecisions implements Leadership, DecisionLog {
    private final DecisionTable table;
    private final long token;

    private StoredDecisions(DecisionTable table, long token) {
        this.table = table;
        this.token = token;
    }

    /** Begins to lead. */
    public static StoredDecisions begin(DecisionTable table, InstantSource clock) {
        long floor = table.token() == 0 ? clock.instant().getEpochSecond() : 0;
        return new StoredDecisions(table, table.begin(floor));
    }

    @Override
    public long token() throws LeadershipLostException {
        check(table.token() == token);
        return token;
    }

    @Override
    public void decide(long by, long version, List<Part> parts) throws LeadershipLostException {
        check(table.decide(
                by, version, parts.stream().map(StoredDecisions::stored).toList()));
    }

    @Override
    public void complete(Part part) {
        table.complete(part.node(), part.reservation());
    }

    @Override
    public List<Part> pending() {
        return table.pending().stream()
                .map(part -> new Part(
                        part.node(), part.phase(), part.reservation(), part.api(), part.document(), part.baseVersion()))
                .toList();
    }

    @Override
    public boolean isDecided(long version) {
        return table.isDecided(version);
    }

    private void check(boolean leads) throws LeadershipLostException {
        if (!leads) {
            throw new LeadershipLostException(
                    "token " + token + " is lower than " + table.token() + ": another controller began to lead");
        }
    }

    private static StoredPart stored(Part part) {
        return new StoredPart(
                part.node(), part.phase(), part.reservation(), part.api(), part.document(), part.baseVersion());
    }
}
