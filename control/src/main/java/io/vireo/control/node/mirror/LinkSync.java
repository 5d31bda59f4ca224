package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.node.forwarding.ForwardingPlane;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The links of one virtual router's namespace; those that the data plane knows are open there while the kernel's are up.
 * Part of {@link RouteSync}; only the node agent's thread uses it.
 */
final class LinkSync {
    private final Rtnetlink netlink;
    private final RouteResolver resolver;
    private final VirtualMacs virtualMacs;
    private final Map<Integer, LinkMessage> links = new HashMap<>();
    private ForwardingPlane tables;

    /** @param resolver knows which interfaces the data plane knows */
    LinkSync(Rtnetlink netlink, RouteResolver resolver, ForwardingPlane tables) {
        this.netlink = netlink;
        this.resolver = resolver;
        this.tables = tables;
        virtualMacs = new VirtualMacs(resolver, tables);
    }

    /** Programs another data plane from now on. */
    void program(ForwardingPlane newTables) {
        tables = newTables;
        virtualMacs.program(newTables);
    }

    /** Programs everything that is known. */
    void replay() {
        links.values().forEach(this::program);
        virtualMacs.replay();
    }

    /** The data plane knows an interface from now on. */
    void onBound(int ifindex) {
        LinkMessage link = links.get(ifindex);
        if (link != null) {
            program(link);
        }
        virtualMacs.onBound(ifindex);
    }

    /** Takes in how a link is now; returns how it was, or null. */
    @Nullable
    LinkMessage learn(LinkMessage link) {
        LinkMessage before = links.put(link.ifindex(), link);
        if (before == null || before.isUp() != link.isUp()) {
            program(link);
        }
        if (!link.equals(before)) {
            virtualMacs.onChange(link, links.values());
        }
        return before;
    }

    void forget(LinkMessage link) {
        LinkMessage known = links.remove(link.ifindex());
        if (known != null) {
            virtualMacs.onChange(known, links.values());
        }
    }

    /** Reads the kernel's links anew. */
    void resynchronise() {
        Set<Integer> gone = new HashSet<>(links.keySet());
        for (LinkMessage link : netlink.links()) {
            learn(link);
            gone.remove(link.ifindex());
        }
        List.copyOf(links.values()).stream()
                .filter(link -> gone.contains(link.ifindex()))
                .forEach(this::forget);
    }

    /** Whether the kernel asks for the Ethernet addresses of those behind a link. */
    boolean resolvesNeighbours(int ifindex) {
        LinkMessage link = links.get(ifindex);
        return link == null || link.resolvesNeighbours();
    }

    /** The kernel's links that the data plane knows by this number: one or none. */
    List<LinkMessage> of(int interfaceId) {
        return links.values().stream()
                .filter(link -> resolver.interfaceId(link.ifindex()) == interfaceId)
                .toList();
    }

    private void program(LinkMessage link) {
        int interfaceId = resolver.interfaceId(link.ifindex());
        if (interfaceId < 0) {
            return;
        }
        if (link.isUp()) {
            tables.openInterface(interfaceId);
        } else {
            tables.closeInterface(interfaceId);
        }
    }
}
