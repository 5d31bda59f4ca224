package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.node.forwarding.ForwardingPlane;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The Ethernet addresses that interfaces have beyond their own, because somebody put macvlans on top of their TAP devices, as
 * VRRP does for the address of its virtual router (RFC 9568 §7.3): the data plane takes frames for them too. As for Linux
 * ({@code macvlan_handle_frame()}), a macvlan counts while it is up, with or without a carrier, which FRR's vrrpd takes away from it
 * in the backup state. A backup is to discard such frames (RFC 9568 §6.4.2), but gets some only while a switch sends them to the
 * wrong router: there every one of them would be lost, for up to an advertisement interval. Part of {@link LinkSync}; only
 * the node agent's thread uses it.
 */
final class VirtualMacs {
    private static final Set<String> KINDS = Set.of("macvlan", "macvtap");

    private final RouteResolver resolver;
    private final Map<Integer, Set<Long>> byParent = new HashMap<>();
    private ForwardingPlane tables;

    /** @param resolver knows which interfaces the data plane knows */
    VirtualMacs(RouteResolver resolver, ForwardingPlane tables) {
        this.resolver = resolver;
        this.tables = tables;
    }

    /** Programs another data plane from now on. */
    void program(ForwardingPlane newTables) {
        tables = newTables;
    }

    /** Programs everything that is known. */
    void replay() {
        byParent.keySet().forEach(this::onBound);
    }

    /** The data plane knows an interface from now on. */
    void onBound(int parent) {
        byParent.getOrDefault(parent, Set.of()).forEach(mac -> add(parent, mac));
    }

    /** A link is there, has changed or is gone; {@code links} are those there are now. */
    void onChange(LinkMessage link, Collection<LinkMessage> links) {
        if (KINDS.contains(link.kind())) {
            update(link.parentIfindex(), links);
        } else if (byParent.containsKey(link.ifindex())) {
            update(link.ifindex(), links);
        }
    }

    private void update(int parent, Collection<LinkMessage> links) {
        Set<Long> wanted = new HashSet<>();
        long own = -1;
        for (LinkMessage link : links) {
            if (link.ifindex() == parent) {
                own = link.macBits();
            } else if (link.parentIfindex() == parent && isMacvlan(link) && link.isUp()) {
                wanted.add(link.macBits());
            }
        }
        wanted.remove(own);
        Set<Long> known = byParent.getOrDefault(parent, Set.of());
        if (wanted.isEmpty()) {
            byParent.remove(parent);
        } else {
            byParent.put(parent, wanted);
        }
        wanted.stream().filter(mac -> !known.contains(mac)).forEach(mac -> add(parent, mac));
        known.stream().filter(mac -> !wanted.contains(mac)).forEach(mac -> remove(parent, mac));
    }

    /** Whether a link is a macvlan by which Linux sends. */
    static boolean sends(LinkMessage link) {
        return isMacvlan(link) && link.isOperational();
    }

    private static boolean isMacvlan(LinkMessage link) {
        return KINDS.contains(link.kind()) && link.parentIfindex() != 0 && link.macBits() > 0;
    }

    private void add(int parent, long macBits) {
        int interfaceId = resolver.interfaceId(parent);
        if (interfaceId >= 0) {
            tables.addInterfaceMac(interfaceId, macBits);
        }
    }

    private void remove(int parent, long macBits) {
        int interfaceId = resolver.interfaceId(parent);
        if (interfaceId >= 0) {
            tables.removeInterfaceMac(interfaceId, macBits);
        }
    }
}
