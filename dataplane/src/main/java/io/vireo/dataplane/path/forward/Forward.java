package io.vireo.dataplane.path.forward;

import io.vireo.dataplane.nexthop.NextHopGroups;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.FlowHash;
import io.vireo.dataplane.path.Lookups;
import io.vireo.dataplane.tables.Ipv4Fib;
import io.vireo.dataplane.tables.Ipv6Fib;

/** Looks up the next hop of each packet. Single user: the burst's worker, between two quiescent states. */
public final class Forward {
    private final Ipv4Fib ipv4Fib;
    private final Ipv6Fib ipv6Fib;
    private final NextHopGroups groups;
    private final LabelForward labels;

    public Forward(Ipv4Fib ipv4Fib, Ipv6Fib ipv6Fib, NextHopGroups groups, LabelForward labels) {
        this.labels = labels;
        this.ipv4Fib = ipv4Fib;
        this.ipv6Fib = ipv6Fib;
        this.groups = groups;
    }

    /** Fills the next hops of both lists, and of what has labels. */
    public void process(Burst burst) {
        if (burst.labelled.count > 0) {
            labels.lookUp(burst);
        }
        Lookups ipv4 = burst.ipv4;
        if (ipv4.count > 0) {
            ipv4Fib.lookupBatch(ipv4.table, ipv4.destination, ipv4.nextHop, ipv4.count);
            resolveIpv4Groups(burst, ipv4);
        }
        Lookups ipv6 = burst.ipv6;
        if (ipv6.count > 0) {
            ipv6Fib.lookupBatch(ipv6.table, ipv6.destinationHigh, ipv6.destinationLow, ipv6.nextHop, ipv6.count);
            resolveIpv6Groups(burst, ipv6);
        }
    }

    private void resolveIpv4Groups(Burst burst, Lookups list) {
        long nodeSeed = groups.seed();
        for (int k = 0; k < list.count; k++) {
            int nextHop = list.nextHop[k];
            if (NextHopGroups.isGroup(nextHop)) {
                int i = list.packet[k];
                long seed = FlowHash.seed(nodeSeed, burst.router[i]);
                list.nextHop[k] = groups.member(nextHop, FlowHash.ipv4(burst.network[i], burst.networkLength[i], seed));
            }
        }
    }

    private void resolveIpv6Groups(Burst burst, Lookups list) {
        long nodeSeed = groups.seed();
        for (int k = 0; k < list.count; k++) {
            int nextHop = list.nextHop[k];
            if (NextHopGroups.isGroup(nextHop)) {
                int i = list.packet[k];
                long seed = FlowHash.seed(nodeSeed, burst.router[i]);
                list.nextHop[k] = groups.member(nextHop, FlowHash.ipv6(burst.network[i], burst.networkLength[i], seed));
            }
        }
    }
}
