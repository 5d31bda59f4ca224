package io.vireo.control.model.document;

import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** What is reached directly through some interfaces. A question takes as long for one address as for 100,000. */
final class OnLink {
    private final Set<IpAddress> own = new HashSet<>();
    private final Set<IpPrefix> subnets = new HashSet<>();
    private final Set<Integer> prefixLengths = new TreeSet<>();

    void addAll(Collection<InterfaceAddress> addresses) {
        for (InterfaceAddress address : addresses) {
            own.add(address.address());
            subnets.add(address.subnet());
            prefixLengths.add(address.prefixLength());
        }
    }

    /** A route without a gateway leads there. */
    void add(IpPrefix prefix) {
        subnets.add(prefix);
        prefixLengths.add(prefix.prefixLength());
    }

    /** Whether the address is one of the interfaces' own. */
    boolean isOwn(IpAddress address) {
        return own.contains(address);
    }

    /** Whether the address is in a subnet of an interface, or a route without a gateway leads to it. */
    boolean contains(IpAddress address) {
        return prefixLengths.stream()
                .filter(length -> length <= address.family().bits())
                .anyMatch(length -> subnets.contains(IpPrefix.containing(address, length)));
    }
}
