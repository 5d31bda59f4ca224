package io.vireo.control.node.forwarding;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;

/** Where routes and neighbours are programmed: the data plane's tables, while there is a data plane. */
public interface ForwardingPlane {
    void addRoute(int routerId, IpPrefix prefix, ForwardingRoute route);

    void removeRoute(int routerId, IpPrefix prefix);

    /** Binds an address on an interface's link to an Ethernet address. */
    void addNeighbour(int interfaceId, IpAddress address, long macBits);

    void removeNeighbour(int interfaceId, IpAddress address);

    void openInterface(int interfaceId);

    void closeInterface(int interfaceId);

    /**
     * Changes an interface's Ethernet address and MTU.
     *
     * @param mtu largest IP packet, in bytes, not above what its port takes
     */
    void setInterfaceLink(int interfaceId, long macBits, int mtu);

    /** Has an interface take frames for another Ethernet address too. */
    void addInterfaceMac(int interfaceId, long macBits);

    void removeInterfaceMac(int interfaceId, long macBits);
}
