package io.vireo.control.node.forwarding;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;

/** What is programmed while there is no data plane: nothing; the next one gets everything when it starts. */
public enum AbsentForwardingPlane implements ForwardingPlane {
    INSTANCE;

    @Override
    public void addRoute(int routerId, IpPrefix prefix, ForwardingRoute route) {}

    @Override
    public void removeRoute(int routerId, IpPrefix prefix) {}

    @Override
    public void addNeighbour(int interfaceId, IpAddress address, long macBits) {}

    @Override
    public void removeNeighbour(int interfaceId, IpAddress address) {}

    @Override
    public void openInterface(int interfaceId) {}

    @Override
    public void closeInterface(int interfaceId) {}

    @Override
    public void setInterfaceLink(int interfaceId, long macBits, int mtu) {}

    @Override
    public void addInterfaceMac(int interfaceId, long macBits) {}

    @Override
    public void removeInterfaceMac(int interfaceId, long macBits) {}
}
