package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.schedule.order.ClassOrder;
import io.vireo.dataplane.schedule.policy.CompiledFilter;

/**
 * Chooses the leaf of a port's tree to which a frame is charged: among the classes of the interface it leaves by, or of the tunnel that
 * it goes through. Single user: the worker that sends for the port.
 */
final class LeafChoice {
    private final int port;
    private final ClassTools tools;

    LeafChoice(int port, ClassTools tools) {
        this.port = port;
        this.tools = tools;
    }

    /** Chooses for a run of frames of equal targets; {@link PortClasses#NONE} where there is no room for a leaf. */
    void choose(PortClasses tree, TxFrames txFrames, int from, int end, long nowNs, int[] leaves) {
        int tunnel = chargedTunnel(tree, txFrames.target[from]);
        for (int k = from; k < end; k++) {
            int owner = tunnel == TxFrames.NO_TUNNEL ? txFrames.egress[k] : tunnel;
            leaves[k] = leafOf(tree, owner, txFrames, k, nowNs);
        }
    }

    /** The tunnel to whose class a run of frames is charged, if it has one here: the conductor's word may be older or newer. */
    private int chargedTunnel(PortClasses tree, int target) {
        int tunnel = TxFrames.tunnel(target);
        return tunnel != TxFrames.NO_TUNNEL && tree.interfaceOf(tools.map.link(tunnel)) == tunnel
                ? tunnel
                : TxFrames.NO_TUNNEL;
    }

    /**
     * Without a filter all packets of an interface go to one leaf, which is remembered until an order changes anything.
     *
     * @param owner the interface whose classes they are: the frame's, or a tunnel, whose filter sees the packet within.
     */
    private int leafOf(PortClasses tree, int owner, TxFrames txFrames, int k, long nowNs) {
        int known = tools.map.leaf(owner);
        if (known != PortClasses.NONE) {
            return known;
        }
        if (tools.map.filterAt(owner) == ClassOrder.NO_FILTER) {
            int leaf = findLeaf(tree, owner, false, nowNs);
            tools.map.setLeaf(owner, leaf);
            return leaf;
        }
        boolean isFound = owner == txFrames.egress[k]
                ? tools.header.find(txFrames.mbuf[k])
                : tools.header.findWithin(txFrames.mbuf[k]);
        return findLeaf(tree, owner, isFound, nowNs);
    }

    /** @param isFiltered whether the interface has a filter, and the header found is one to be put through it. */
    private int findLeaf(PortClasses tree, int egress, boolean isFiltered, long nowNs) {
        int local = chosen(tree, egress, isFiltered);
        if (local == PortClasses.NONE) {
            local = tools.map.link(egress);
        }
        return local == PortClasses.NONE ? implicitLeaf(tree, egress, nowNs) : tree.leafOf(local, nowNs);
    }

    /** The class that filter and default choose, if it is there and the interface's own. */
    private int chosen(PortClasses tree, int egress, boolean isFiltered) {
        int classId = PortClasses.NO_CLASS_ID;
        if (isFiltered) {
            tools.header.readKey();
            classId = CompiledFilter.classOf(tools.filters, tools.map.filterAt(egress), tools.header.key);
        }
        if (classId == PortClasses.NO_CLASS_ID) {
            classId = tools.map.defaultClass(egress);
        }
        int local = tools.map.local(classId, port);
        return tree.interfaceOf(local) == egress ? local : PortClasses.NONE;
    }

    private int implicitLeaf(PortClasses tree, int egress, long nowNs) {
        int leaf = tools.map.implicitLeaf(egress);
        if (leaf == PortClasses.NONE) {
            leaf = tree.addImplicitLeaf(egress, nowNs);
            tools.map.setImplicitLeaf(egress, leaf);
        }
        return leaf;
    }
}
