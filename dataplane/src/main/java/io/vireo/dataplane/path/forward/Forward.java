package io.vireo.dataplane.path.forward;

import io.vireo.dataplane.nexthop.NextHopGroups;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Lookups;
import io.vireo.dataplane.tables.Ipv4Fib;
import io.vireo.dataplane.tables.Ipv6Fib;

/** Looks up the next hop of each packet. Single user: the burst's worker, between two quiescent states. */
public final class Forward {
    private final Ipv4Fib ipv4Fib;
    private final Ipv6Fib ipv6Fib;
    private final NextHopGroups groups;

    public Forward(final Ipv4Fib ipv4Fib, final Ipv6Fib ipv6Fib, final NextHopGroups groups) {
        this.ipv4Fib = ipv4Fib;
        this.ipv6Fib = ipv6Fib;
        this.groups = groups;
    }

    /** Fills the next hops of both lists. */
    public void process(final Burst burst) {
        final Lookups ipv4 = burst.ipv4;
        if (ipv4.count > 0) {
            ipv4Fib.lookupBatch(ipv4.table, ipv4.destination, ipv4.nextHop, ipv4.count);
            resolveIpv4Groups(burst, ipv4);
        }
        final Lookups ipv6 = burst.ipv6;
        if (ipv6.count > 0) {
            ipv6Fib.lookupBatch(ipv6.table, ipv6.destinationHigh, ipv6.destinationLow, ipv6.nextHop, ipv6.count);
            resolveIpv6Groups(burst, ipv6);
        }
    }

    private void resolveIpv4Groups(final Burst burst, final Lookups list) {
        for (int k = 0; k < list.count; k++) {
            final int nextHop = list.nextHop[k];
            if (NextHopGroups.isGroup(nextHop)) {
                final int i = list.packet[k];
                list.nextHop[k] = groups.member(nextHop, FlowHash.ipv4(burst.network[i], burst.networkLength[i]));
            }
        }
    }

    private void resolveIpv6Groups(final Burst burst, final Lookups list) {
        for (int k = 0; k < list.count; k++) {
            final int nextHop = list.nextHop[k];
            if (NextHopGroups.isGroup(nextHop)) {
                final int i = list.packet[k];
                list.nextHop[k] = groups.member(nextHop, FlowHash.ipv6(burst.network[i], burst.networkLength[i]));
            }
        }
    }
}
