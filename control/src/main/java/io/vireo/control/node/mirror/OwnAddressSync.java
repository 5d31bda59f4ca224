package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.AddressMessage;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.node.forwarding.ForwardingPlane;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.layout.SharedLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one virtual router's interfaces, for which the data plane answers while it has them (ARP, neighbour discovery,
 * echo). The kernel's list is read anew after a change, because its order matters: which address is the first. Part of {@link
 * RouteSync}; only the node agent's thread uses it.
 */
final class OwnAddressSync {
    private final Rtnetlink netlink;
    private final RouteResolver resolver;
    private final Map<Integer, Map<IpAddress, AddressUse>> known = new HashMap<>();
    private ForwardingPlane tables;
    private boolean isStale;

    /** @param resolver knows which interfaces the data plane knows */
    OwnAddressSync(Rtnetlink netlink, RouteResolver resolver, ForwardingPlane tables) {
        this.netlink = netlink;
        this.resolver = resolver;
        this.tables = tables;
    }

    /** Programs another data plane from now on. */
    void program(ForwardingPlane newTables) {
        tables = newTables;
    }

    /** Programs everything that is known. */
    void replay() {
        known.keySet().forEach(this::onBound);
    }

    /** The data plane knows an interface from now on. */
    void onBound(int ifindex) {
        int interfaceId = resolver.interfaceId(ifindex);
        if (interfaceId >= 0) {
            known.getOrDefault(ifindex, Map.of())
                    .forEach((address, use) -> tables.addAddress(interfaceId, address, use));
        }
    }

    /** Some address has changed. */
    void changed() {
        isStale = true;
    }

    /** Reads the kernel's addresses anew, if some have changed. */
    void settle() {
        if (isStale) {
            resynchronise();
        }
    }

    /** Reads the kernel's addresses anew and programs what differs. */
    void resynchronise() {
        isStale = false;
        Map<Integer, List<AddressMessage>> byLink = new HashMap<>();
        for (AddressMessage each : netlink.addresses()) {
            if (each.isUsable()) {
                byLink.computeIfAbsent(each.ifindex(), ifindex -> new ArrayList<>())
                        .add(each);
            }
        }
        known.keySet().stream()
                .filter(ifindex -> !byLink.containsKey(ifindex))
                .toList()
                .forEach(ifindex -> change(ifindex, Map.of()));
        byLink.forEach((ifindex, addresses) -> change(ifindex, uses(addresses)));
    }

    private void change(int ifindex, Map<IpAddress, AddressUse> after) {
        Map<IpAddress, AddressUse> before = after.isEmpty() ? known.remove(ifindex) : known.put(ifindex, after);
        int interfaceId = resolver.interfaceId(ifindex);
        if (interfaceId < 0) {
            return;
        }
        if (before != null) {
            before.keySet().stream()
                    .filter(address -> !after.containsKey(address))
                    .forEach(address -> tables.removeAddress(interfaceId, address));
        }
        after.forEach((address, use) -> {
            if (before == null || before.get(address) != use) {
                tables.addAddress(interfaceId, address, use);
            }
        });
    }

    /** The addresses of an interface as the data plane is to have them; more than it takes are left to the kernel. */
    private static Map<IpAddress, AddressUse> uses(List<AddressMessage> addresses) {
        Map<IpAddress, AddressUse> uses = new LinkedHashMap<>();
        for (AddressFamily family : AddressFamily.values()) {
            List<AddressMessage> ofFamily = addresses.stream()
                    .filter(each -> each.address().family() == family)
                    .limit(SharedLayout.MAX_INTERFACE_ADDRESSES)
                    .toList();
            AddressMessage source = source(family, ofFamily);
            for (AddressMessage each : ofFamily) {
                uses.put(each.address().address(), each.equals(source) ? AddressUse.SOURCE : AddressUse.ANSWER);
            }
        }
        return uses;
    }

    /**
     * What the kernel chooses as the source of ICMP errors: of IPv4 the interface's first address ({@code inet_select_addr()}); of
     * IPv6 the only one of universal scope (RFC 6724); null when there is none, or the choice depends on the destination.
     */
    private static @Nullable AddressMessage source(AddressFamily family, List<AddressMessage> addresses) {
        if (family == AddressFamily.IPV4) {
            return addresses.stream()
                    .filter(each -> (each.flags() & AddressMessage.SECONDARY) == 0)
                    .filter(each -> each.scope() <= AddressMessage.SCOPE_LINK)
                    .findFirst()
                    .orElse(null);
        }
        List<AddressMessage> universal = addresses.stream()
                .filter(each -> each.scope() == AddressMessage.SCOPE_UNIVERSE)
                .filter(each -> (each.flags() & AddressMessage.DEPRECATED) == 0)
                .toList();
        return universal.size() == 1 ? universal.getFirst() : null;
    }
}
