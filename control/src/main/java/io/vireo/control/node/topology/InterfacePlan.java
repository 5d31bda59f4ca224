package io.vireo.control.node.topology;

import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.MacAddress;
import java.util.List;

/**
 * An access interface or an end of a link as it shall be.
 *
 * @param key {@code VPN/ROUTER/INTERFACE}
 * @param name in the configuration, in the namespace and in the data plane
 * @param mtu largest IP packet, in bytes
 */
public record InterfacePlan(
        String key,
        int interfaceId,
        int routerId,
        String name,
        Attachment attachment,
        MacAddress mac,
        int mtu,
        List<InterfaceAddress> addresses,
        boolean adminUp) {

    /** Where it meets something. */
    public sealed interface Attachment {}

    /** A port, or with a {@code vlan} other than 0 one VLAN of it. */
    public record Access(int portId, String portName, int vlan) implements Attachment {
        @Override
        public String toString() {
            return vlan == 0 ? portName : portName + "." + vlan;
        }
    }

    /** Another interface of the node; {@code peer} is {@code ROUTER/INTERFACE} of the same VPN. */
    public record LinkEnd(int peerInterfaceId, String peer) implements Attachment {
        @Override
        public String toString() {
            return peer;
        }
    }

    /** {@code VPN/ROUTER}. */
    public String routerKey() {
        return key.substring(0, key.lastIndexOf('/'));
    }

    /** Whether the data plane can turn the one into the other without removing it. */
    public boolean isSamePlace(InterfacePlan other) {
        return routerId == other.routerId && attachment.equals(other.attachment);
    }
}
