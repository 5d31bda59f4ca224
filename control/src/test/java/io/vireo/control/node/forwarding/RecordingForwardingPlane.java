package io.vireo.control.node.forwarding;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.MacAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The tables a data plane would have, and how often they were written. */
public final class RecordingForwardingPlane implements ForwardingPlane {
    public final Map<IpPrefix, ForwardingRoute> routes = new HashMap<>();
    public final Map<IpAddress, Long> neighbours = new HashMap<>();
    public final Set<Integer> open = new HashSet<>();
    public final Map<Integer, String> links = new HashMap<>();
    public final Map<Integer, Set<Long>> macs = new HashMap<>();
    public int routeWrites;

    @Override
    public void addRoute(int routerId, IpPrefix prefix, ForwardingRoute route) {
        routeWrites++;
        routes.put(prefix, route);
    }

    @Override
    public void removeRoute(int routerId, IpPrefix prefix) {
        routeWrites++;
        routes.remove(prefix);
    }

    @Override
    public void addNeighbour(int interfaceId, IpAddress address, long macBits) {
        neighbours.put(address, macBits);
    }

    @Override
    public void removeNeighbour(int interfaceId, IpAddress address) {
        neighbours.remove(address);
    }

    @Override
    public void openInterface(int interfaceId) {
        open.add(interfaceId);
    }

    @Override
    public void closeInterface(int interfaceId) {
        open.remove(interfaceId);
    }

    @Override
    public void setInterfaceLink(int interfaceId, long macBits, int mtu) {
        links.put(interfaceId, new MacAddress(macBits) + " " + mtu);
    }

    @Override
    public void addInterfaceMac(int interfaceId, long macBits) {
        macs.computeIfAbsent(interfaceId, id -> new HashSet<>()).add(macBits);
    }

    @Override
    public void removeInterfaceMac(int interfaceId, long macBits) {
        macs.getOrDefault(interfaceId, Set.of()).remove(macBits);
    }
}
