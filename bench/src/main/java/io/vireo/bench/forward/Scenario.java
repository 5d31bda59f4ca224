package io.vireo.bench.forward;

import java.util.List;

/**
 * One of Vireo's workloads, and who stands beside it.
 *
 * @param vireo with its workload
 * @param peers several matches may have the same: it then runs once for all
 */
record Scenario(VireoContender vireo, List<Contender> peers) {
    /** Takes a copy. */
    Scenario {
        peers = List.copyOf(peers);
    }
}
