package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.encapsulation.mpls.LabelEntry;
import io.vireo.dataplane.encapsulation.mpls.LabelStack;
import io.vireo.dataplane.encapsulation.mpls.LabelTable;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.nexthop.NextHopGroups;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.FlowHash;

/** How long an IP packet may be behind the labels with which a label leads on (RFC 3032 §3). Single user: its worker. */
public final class LabelMtus {
    private final LabelTable table;
    private final NextHopGroups groups;
    private final AdjacencyTable adjacencies;

    public LabelMtus(LabelTable table, NextHopGroups groups, AdjacencyTable adjacencies) {
        this.table = table;
        this.groups = groups;
        this.adjacencies = adjacencies;
    }

    /** Of a packet of the burst, whose network header is the label that is looked up; 0: it leads nowhere, or has no labels. */
    int maxBytes(Burst burst, int i) {
        long stack = burst.network[i];
        int bytes = burst.networkLength[i];
        int stackBytes = LabelStack.bytes(stack, bytes);
        long record = stackBytes == LabelStack.NO_END
                ? LabelTable.NONE
                : table.lookup(burst.router[i], LabelEntry.label(LabelEntry.at(stack)));
        if (record == LabelTable.NONE || LabelTable.isLocal(record)) {
            return 0;
        }
        int nextHop = LabelTable.nextHop(record);
        int adjacency = NextHopGroups.isGroup(nextHop)
                ? groups.member(
                        nextHop, LabelStack.flowHash(stack, bytes, FlowHash.seed(groups.seed(), burst.router[i])))
                : nextHop;
        int leaving = stackBytes + (LabelTable.outCount(record) - 1) * LabelEntry.BYTES;
        return Math.max(0, AdjacencyTable.mtu(adjacencies.record(adjacency)) - leaving);
    }
}
