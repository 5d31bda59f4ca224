package io.vireo.control.node.topology;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Emulation;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.MacAddress;
import io.vireo.control.model.RouterPath;
import io.vireo.dataplane.membership.policy.MemberList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An interface that carries packets, as it shall be.
 *
 * @param key {@code VPN/ROUTER/INTERFACE}
 * @param name in the configuration, in the namespace and in the data plane
 * @param mtu largest IP packet, in bytes
 * @param followsUnderlay whether the MTU is rather what the way underneath a tunnel leaves, once one is known
 * @param emulation how the wire behind it is emulated, or null
 * @param members which packets that come in by it are of which VPN, or null
 */
public record InterfacePlan(
        String key,
        int interfaceId,
        int routerId,
        String name,
        Attachment attachment,
        MacAddress mac,
        int mtu,
        boolean followsUnderlay,
        List<InterfaceAddress> addresses,
        boolean adminUp,
        @Nullable Emulation emulation,
        @Nullable MemberList members) {

    /** The router it is an interface of. */
    public RouterPath router() {
        return RouterPath.parse(routerKey());
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
