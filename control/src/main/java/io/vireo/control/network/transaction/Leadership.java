package io.vireo.control.network.transaction;

/**
 * Which controller may change nodes. With a store of its own that is the process that holds it; with a shared one the leader by lease.
 */
@FunctionalInterface
public interface Leadership {

    /**
     * The number of this leader, higher than that of every leader before it.
     *
     * @throws LeadershipLostException when it is the leader no longer, as far as it knows.
     */
    long token() throws LeadershipLostException;
}
