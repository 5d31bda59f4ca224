package io.vireo.dataplane.interfaces;

import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;
import org.agrona.UnsafeApi;

/**
 * Which interface a frame belongs to, by the port and the VLAN it came with: a flat table of {@code int}.
 *
 * <p>Single writer: the conductor. Readers: every worker, per packet.
 */
public final class PortVlanTable {
    /** VLAN ids are 12 bits, IEEE 802.1Q §9.6. */
    public static final int VLANS = 1 << 12;

    private static final int VLAN_BITS = 12;

    private final long base;
    private final int ports;

    public PortVlanTable(int ports) {
        this.ports = ports;
        base = new Region((long) ports * VLANS * Integer.BYTES).address();
    }

    /**
     * The interface of a port and VLAN, or -1.
     *
     * <p>Plain read: its partner is the release in {@link #put}; what the interface's record holds was stored before, and
     * the load of the record depends on this one.
     *
     * @param vlan 0..4095; 0 = untagged.
     */
    public int interfaceOf(int port, int vlan) {
        return Memory.getInt(slot(port, vlan)) - 1;
    }

    /** Gives the frames of a port and VLAN to an interface, whose record must be complete. Conductor only. */
    public void put(int port, int vlan, int interfaceId) {
        // Release: a worker that sees the id (interfaceOf) also sees the record written before.
        UnsafeApi.putIntRelease(null, checkedSlot(port, vlan), interfaceId + 1);
    }

    /** Gives the frames of a port and VLAN to nobody. Conductor only. */
    public void remove(int port, int vlan) {
        UnsafeApi.putIntRelease(null, checkedSlot(port, vlan), 0);
    }

    private long checkedSlot(int port, int vlan) {
        if (port < 0 || port >= ports || vlan < 0 || vlan >= VLANS) {
            throw new IllegalArgumentException("port " + port + " vlan " + vlan + " of " + ports + " ports");
        }
        return slot(port, vlan);
    }

    private long slot(int port, int vlan) {
        return base + ((long) ((port << VLAN_BITS) | vlan) << 2);
    }
}
