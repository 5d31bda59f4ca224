package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.node.forwarding.ForwardingPlane;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The links of one virtual router's namespace; those that the data plane knows are open there while the kernel's are up, and have
 * the kernel's Ethernet address and MTU, whoever set those. Part of {@link RouteSync}; only the node agent's thread uses it.
 */
final class LinkSync {
    private final Rtnetlink netlink;
    private final RouteResolver resolver;
    private final VirtualMacs virtualMacs;
    private final Map<Integer, LinkMessage> links = new HashMap<>();
    private final Map<Integer, Integer> maxMtus = new HashMap<>();
    /** By the data plane's number, as it was last bound: the resolver says whether it still is. */
    private final Map<Integer, Integer> ifindexes = new HashMap<>();

    private final Map<Integer, Instant> changedAt = new HashMap<>();
    private final InstantSource clock;
    private ForwardingPlane tables;

    /** @param resolver knows which interfaces the data plane knows */
    LinkSync(Rtnetlink netlink, RouteResolver resolver, ForwardingPlane tables, InstantSource clock) {
        this.clock = clock;
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

    /**
     * The data plane knows an interface from now on.
     *
     * @param maxMtu largest MTU that it takes there, in bytes
     */
    void onBound(int ifindex, int maxMtu) {
        maxMtus.put(ifindex, maxMtu);
        ifindexes.put(resolver.interfaceId(ifindex), ifindex);
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
        if (before == null || before.isOperational() != link.isOperational()) {
            changedAt.put(link.ifindex(), clock.instant());
        }
        if (before == null || !isSame(before, link)) {
            program(link);
        }
        if (!link.equals(before)) {
            virtualMacs.onChange(link, links.values());
        }
        return before;
    }

    void forget(LinkMessage link) {
        LinkMessage known = links.remove(link.ifindex());
        changedAt.remove(link.ifindex());
        if (known != null) {
            virtualMacs.onChange(known, links.values());
        }
    }

    /**
     * Reads the kernel's links anew.
     *
     * @param macvlans follows those among them
     * @return whether one that was known has got or lost its carrier: no notification may say so any more.
     */
    boolean resynchronise(MacvlanEgress macvlans) {
        boolean carrierChanged = false;
        Set<Integer> gone = new HashSet<>(links.keySet());
        for (LinkMessage link : netlink.links()) {
            LinkMessage before = learn(link);
            carrierChanged |= before != null && before.isOperational() != link.isOperational();
            macvlans.follow(link);
            gone.remove(link.ifindex());
        }
        List.copyOf(links.values()).stream()
                .filter(link -> gone.contains(link.ifindex()))
                .forEach(link -> {
                    forget(link);
                    macvlans.forget(link);
                });
        return carrierChanged;
    }

    /** Whether the kernel asks for the Ethernet addresses of those behind a link. */
    boolean resolvesNeighbours(int ifindex) {
        LinkMessage link = links.get(ifindex);
        return link == null || link.resolvesNeighbours();
    }

    /** The kernel's links that the data plane knows by this number: one or none. */
    List<LinkMessage> of(int interfaceId) {
        Integer ifindex = ifindexes.get(interfaceId);
        LinkMessage link = ifindex == null || resolver.interfaceId(ifindex) != interfaceId ? null : links.get(ifindex);
        return link == null ? List.of() : List.of(link);
    }

    /** Since when packets pass by a link, or do not; at the earliest since it was first seen. Null: it is not known. */
    @Nullable
    Instant changedAt(LinkMessage link) {
        return changedAt.get(link.ifindex());
    }

    /** The links whose longest packets only Linux can send: a text for each. */
    List<String> limitations() {
        return links.values().stream()
                .filter(link -> resolver.interfaceId(link.ifindex()) >= 0 && link.mtu() > maxMtu(link))
                .sorted(Comparator.comparing(LinkMessage::name))
                .map(link -> "packets over " + link.name() + " that are longer than " + maxMtu(link)
                        + " bytes are left to Linux, where its MTU is " + link.mtu() + ": its port does not take them")
                .toList();
    }

    private int maxMtu(LinkMessage link) {
        return maxMtus.getOrDefault(link.ifindex(), link.mtu());
    }

    /** Whether a data plane that was programmed by the one needs not to be by the other. */
    private static boolean isSame(LinkMessage one, LinkMessage other) {
        return one.isUp() == other.isUp() && one.macBits() == other.macBits() && one.mtu() == other.mtu();
    }

    private void program(LinkMessage link) {
        int interfaceId = resolver.interfaceId(link.ifindex());
        if (interfaceId < 0) {
            return;
        }
        tables.setInterfaceLink(interfaceId, link.macBits(), Math.min(link.mtu(), maxMtu(link)));
        if (link.isUp()) {
            tables.openInterface(interfaceId);
        } else {
            tables.closeInterface(interfaceId);
        }
    }
}
