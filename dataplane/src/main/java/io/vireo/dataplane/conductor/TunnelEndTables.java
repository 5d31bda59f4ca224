package io.vireo.dataplane.conductor;

import io.vireo.dataplane.encapsulation.TunnelEnds;
import io.vireo.dataplane.encapsulation.mpls.LabelTable;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.TunnelSpec;

/** By what workers find a tunnel: what its packets say that come, and the label of those that leave. Single user: the conductor. */
final class TunnelEndTables {
    private final TunnelEnds ends;
    private final TunnelEnds sentLabels;
    private final LabelTable labels;

    /** @param labels the routers' own, which no tunnel on a link may have. */
    TunnelEndTables(TunnelEnds ends, TunnelEnds sentLabels, LabelTable labels) {
        this.labels = labels;
        this.ends = ends;
        this.sentLabels = sentLabels;
    }

    /** The interface of the tunnel whose packets come as those of another would, or {@link TunnelEnds#NONE}. */
    int holder(TunnelSpec tunnel) {
        return find(ends, tunnel, tunnel.key());
    }

    /** Whether the router knows the label already by which a tunnel's packets would come. */
    boolean isOwnLabel(TunnelSpec tunnel) {
        return tunnel.encapsulation() == Encapsulation.MPLS
                && labels.lookup(tunnel.underlayRouterId(), tunnel.key()) != LabelTable.NONE;
    }

    /** The interface of the tunnel that sends the label which another would send, or {@link TunnelEnds#NONE}. */
    int sender(TunnelSpec tunnel) {
        return hasSentLabel(tunnel) ? find(sentLabels, tunnel, tunnel.outLabel()) : TunnelEnds.NONE;
    }

    /** Has a tunnel's packets be received by its interface. */
    void add(int index, TunnelSpec tunnel, int interfaceId) {
        add(ends, index, tunnel, tunnel.key(), interfaceId);
        if (hasSentLabel(tunnel)) {
            add(sentLabels, index, tunnel, tunnel.outLabel(), interfaceId);
        }
    }

    void remove(int index, TunnelSpec tunnel) {
        ends.remove(index);
        if (hasSentLabel(tunnel)) {
            sentLabels.remove(index);
        }
    }

    /** As {@link TunnelEnds#setModes}. */
    void setModes(int index, int modes) {
        ends.setModes(index, modes);
    }

    /** Whether others may quote a packet of it whose label says whose it is: they cannot look for one on a link. */
    private static boolean hasSentLabel(TunnelSpec tunnel) {
        return tunnel.encapsulation().isMpls() && tunnel.hasOuterHeader();
    }

    private static int find(TunnelEnds table, TunnelSpec tunnel, int key) {
        return table.find(
                tunnel.underlayRouterId(),
                kind(tunnel),
                tunnel.outerSourceHigh(),
                tunnel.outerSourceLow(),
                tunnel.outerDestinationHigh(),
                tunnel.outerDestinationLow(),
                key);
    }

    private static void add(TunnelEnds table, int index, TunnelSpec tunnel, int key, int interfaceId) {
        table.add(
                index,
                tunnel.underlayRouterId(),
                kind(tunnel),
                tunnel.outerSourceHigh(),
                tunnel.outerSourceLow(),
                tunnel.outerDestinationHigh(),
                tunnel.outerDestinationLow(),
                key,
                TunnelEnds.options(tunnel.greOptions(), tunnel.modes()),
                interfaceId);
    }

    private static int kind(TunnelSpec tunnel) {
        int kind = keylessKind(tunnel);
        return tunnel.isKeyed() ? kind | TunnelEnds.KEYED : kind;
    }

    /** As {@link TunnelEnds} has it, but for the key. The UDP port is 0 of kinds that have none. */
    static int keylessKind(TunnelSpec tunnel) {
        return TunnelEnds.ofUdp(tunnel.encapsulation().code(), tunnel.udpPort());
    }
}
