package io.vireo.dataplane.encapsulation.substrate;

import io.vireo.dataplane.HandDrivenDataplane;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.util.List;

/**
 * Two virtual links that cross a node without a router of their own, and one that ends there.
 *
 * <pre>
 *   PEER  ── VLAN 30, id ID ── port 0 ── WEST ═══════ EAST ── port 1 ── untagged, id EAST_ID ── OTHER
 *   PEER  ── VLAN 31, id ID ── port 0 ── LOW  ═╗
 *   OTHER ── VLAN 30, id  7 ── port 0 ── BACK ═╝
 *   OTHER ── VLAN 40, id  1 ── port 1 ── END, router RED
 * </pre>
 */
final class CrossingRig implements AutoCloseable {
    static final int TRANSIT = 3;
    static final int RED = 4;
    static final int WEST = 20;
    static final int EAST = 21;
    static final int LOW = 22;
    static final int BACK = 23;
    static final int END = 24;

    static final int ID = VirtualLinkRig.ID;
    static final int EAST_ID = 0xff_fffe;
    static final int BACK_ID = 7;
    static final int WEST_TAG = VirtualLinkRig.RED_TAG;
    static final int LOW_TAG = 31;
    static final int BACK_TAG = VirtualLinkRig.VLAN;
    static final long PEER = VirtualLinkRig.PEER;
    static final long OTHER = VirtualLinkRig.OTHER;
    static final long OWN = VirtualLinkRig.OWN;
    static final long EAST_OWN = 0x02000000ee00L;
    static final int MTU = 1400;

    final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);

    CrossingRig(List<byte[]> onPort0, List<byte[]> onPort1) {
        dataplane.port(0, onPort0);
        dataplane.port(1, onPort1);
        var topology = dataplane.proxy.topology();
        topology.addRouter(1, TRANSIT, 0, 1_000_000, 1_000_000, "substrate/crossings");
        topology.addRouter(1, RED, 101, 1_000_000, 1_000_000, "red");
        for (InterfaceSpec spec : List.of(west(), east(), low(), back(), end())) {
            topology.addInterface(2, spec);
        }
        dataplane.settle();
    }

    static InterfaceSpec west() {
        return link(WEST)
                .substrate(0, 30, OWN, PEER, ID, SubstrateFrame.ETHER_TYPE, 5)
                .crossesTo(EAST);
    }

    static InterfaceSpec east() {
        return link(EAST)
                .substrate(1, 0, EAST_OWN, OTHER, EAST_ID, SubstrateFrame.ETHER_TYPE, 0)
                .crossesTo(WEST);
    }

    static InterfaceSpec low() {
        return link(LOW)
                .substrate(0, LOW_TAG, OWN, PEER, ID, SubstrateFrame.ETHER_TYPE, 0)
                .crossesTo(BACK);
    }

    static InterfaceSpec back() {
        return link(BACK)
                .substrate(0, BACK_TAG, OWN, OTHER, BACK_ID, SubstrateFrame.ETHER_TYPE, 0)
                .crossesTo(LOW);
    }

    private static InterfaceSpec end() {
        return link(END).id(END, RED).substrate(1, 40, EAST_OWN, OTHER, 1, SubstrateFrame.ETHER_TYPE, 0);
    }

    private static InterfaceSpec link(int id) {
        return new InterfaceSpec()
                .id(id, TRANSIT)
                .mac(0x020000000100L + id)
                .mtuBytes(MTU)
                .name("c" + id);
    }

    static SubstrateFrame atWest(byte[] packet) {
        return SubstrateFrame.of(OWN, PEER, WEST_TAG, ID, packet);
    }

    static SubstrateFrame outOfEast(byte[] packet) {
        return SubstrateFrame.of(OTHER, EAST_OWN, SubstrateFrame.UNTAGGED, EAST_ID, packet);
    }

    static SubstrateFrame atEast(byte[] packet) {
        return SubstrateFrame.of(EAST_OWN, OTHER, SubstrateFrame.UNTAGGED, EAST_ID, packet);
    }

    static SubstrateFrame outOfWest(byte[] packet) {
        return SubstrateFrame.of(PEER, OWN, WEST_TAG, ID, packet);
    }

    void run() {
        dataplane.settle();
        dataplane.run();
    }

    @Override
    public void close() {
        dataplane.close();
    }
}
