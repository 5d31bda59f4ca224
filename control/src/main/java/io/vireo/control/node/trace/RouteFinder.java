package io.vireo.control.node.trace;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import org.jspecify.annotations.Nullable;

/** Finds the longest prefix around an address that a router has a route for. */
public interface RouteFinder {
    @Nullable
    IpPrefix longestMatch(int routerId, IpAddress destination);
}
