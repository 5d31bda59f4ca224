package io.vireo.dataplane.path.modify;

import io.vireo.dataplane.encapsulation.EncapsulationTable;
import io.vireo.dataplane.encapsulation.substrate.SubstrateHeader;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.interfaces.VirtualLinkTable;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.nexthop.Rewrite;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dpdk.Mbuf;

/**
 * Sends on the frames of virtual links that only cross the node: with the identifier and the Ethernet header of the substrate link by which
 * they leave, and otherwise as they came, whatever they carry. Part of {@link Modify}. Single user: its worker.
 */
public final class Crossings {
    private static final int PEER_MISSING = Disposition.drop(DropReason.LINK_PEER_MISSING);
    private static final int EGRESS_DOWN = Disposition.drop(DropReason.EGRESS_DOWN);
    private static final int TOO_BIG = Disposition.drop(DropReason.TOO_BIG);
    private static final int NO_HEADROOM = Disposition.drop(DropReason.NO_HEADROOM);

    private final InterfaceTable interfaces;
    private final EncapsulationTable encapsulations;
    private final AdjacencyTable adjacencies;
    private final VirtualLinkTable virtualLinks;

    public Crossings(InterfaceTable interfaces, EncapsulationTable encapsulations, AdjacencyTable adjacencies) {
        this.interfaces = interfaces;
        this.encapsulations = encapsulations;
        this.adjacencies = adjacencies;
        virtualLinks = interfaces.virtualLinks();
    }

    void process(Burst burst) {
        for (int n = 0; n < burst.crossingCount; n++) {
            int i = burst.crossing[n];
            int disposition = cross(burst, i);
            if (disposition != Disposition.FORWARD) {
                burst.except(i, disposition);
            }
        }
    }

    private int cross(Burst burst, int i) {
        int out = InterfaceTable.peer(interfaces.record(burst.ingress[i]));
        long record = interfaces.record(out);
        int state = InterfaceTable.state(record);
        if (state != InterfaceTable.UP) {
            return state == InterfaceTable.ABSENT ? PEER_MISSING : EGRESS_DOWN;
        }
        if (burst.networkLength[i] > InterfaceTable.mtu(record)) {
            return TOO_BIG; // nobody here could say so to the sender: a virtual link's MTU is its ends'
        }
        long encapsulation = encapsulations.record(InterfaceTable.encapsulation(record));
        long adjacency = adjacencies.record(EncapsulationTable.nextHop(encapsulation));
        if (AdjacencyTable.disposition(adjacency) != Disposition.FORWARD) {
            return AdjacencyTable.disposition(adjacency);
        }
        long header = burst.network[i];
        long mbuf = burst.mbufs.get(i);
        if (header - Mbuf.bufferAddress(mbuf) < AdjacencyTable.headerBytes(adjacency)) {
            return NO_HEADROOM;
        }
        SubstrateHeader.setId(header, virtualLinks.identifier(out));
        long frame = Rewrite.setHeader(header, adjacency); // the ethertype is all virtual links'
        int bytes = SubstrateHeader.BYTES + burst.networkLength[i];
        Rewrite.send(burst.txFrames, mbuf, burst.router[i], frame, bytes, adjacency);
        return Disposition.FORWARD;
    }
}
