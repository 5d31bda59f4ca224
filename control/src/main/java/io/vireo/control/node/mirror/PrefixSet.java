package io.vireo.control.node.mirror;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpPrefix;
import java.util.HashSet;
import java.util.Set;
import org.agrona.collections.LongHashSet;

/** A set of prefixes that may be all of a full table: an IPv4 prefix takes a slot of 8 bytes. One thread at a time. */
public final class PrefixSet {
    private final LongHashSet ipv4 = new LongHashSet();
    private final Set<IpPrefix> ipv6 = new HashSet<>();

    public void add(IpPrefix prefix) {
        if (prefix.family() == AddressFamily.IPV4) {
            ipv4.add(KernelRouteTable.key(prefix));
        } else {
            ipv6.add(prefix);
        }
    }

    public boolean contains(IpPrefix prefix) {
        return prefix.family() == AddressFamily.IPV4
                ? ipv4.contains(KernelRouteTable.key(prefix))
                : ipv6.contains(prefix);
    }

    public int size() {
        return ipv4.size() + ipv6.size();
    }
}
