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
    private final Map<Integer, LinkMessage> links = new HashMap<>();
    private ForwardingPlane tables;

    /** @param resolver knows which interfaces the data plane knows */
    LinkSync(Rtnetlink netlink, RouteResolver resolver, ForwardingPlane tables) {
        this.netlink = netlink;
        this.resolver = resolver;
        this.tables = tables;
    }

    /** Programs another data plane from now on. */
    void program(ForwardingPlane newTables) {
        tables = newTables;
    }

    /** Tells everything that is known. */
    void replay() {
        links.values().forEach(this::program);
    }

    /** The data plane knows an interface from now on. */
    void onBound(int ifindex) {
        LinkMessage link = links.get(ifindex);
        if (link != null) {
            program(link);
        }
    }

    /** Takes in how a link is now; returns how it was, or null. */
    @Nullable
    LinkMessage learn(LinkMessage link) {
        LinkMessage before = links.put(link.ifindex(), link);
        if (before == null || before.isUp() != link.isUp()) {
            program(link);
        }
        return before;
    }

    void forget(LinkMessage link) {
        links.remove(link.ifindex());
    }

    /** Reads the kernel's links anew. */
    void resynchronise() {
        Set<Integer> gone = new HashSet<>(links.keySet());
        for (LinkMessage link : netlink.links()) {
            learn(link);
            gone.remove(link.ifindex());
        }
        links.keySet().removeAll(gone);
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
