package io.vireo.control.node;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The tables a data plane would have, and how often they were written. */
final class RecordingTables implements ForwardingTables {
    final Map<IpPrefix, ForwardingRoute> routes = new HashMap<>();
    final Map<IpAddress, Long> neighbours = new HashMap<>();
    final Set<Integer> open = new HashSet<>();
    int routeWrites;

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
}
