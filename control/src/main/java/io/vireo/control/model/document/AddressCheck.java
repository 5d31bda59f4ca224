package io.vireo.control.model.document;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Link;
import io.vireo.control.model.LinkEnd;
import io.vireo.control.model.Router;
import io.vireo.control.model.Vpn;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds addresses that no interface may have, and subnets of one virtual router that overlap. Addresses of different
 * routers are nobody's business: that is what VPNs are for.
 */
final class AddressCheck {
    private static final String FIELD = "addresses";
    private static final IpPrefix THIS_NETWORK = IpPrefix.parse("0.0.0.0/8");
    private static final IpAddress LIMITED_BROADCAST = IpAddress.parse("255.255.255.255");

    private final Problems problems;
    private final Origins origins;

    AddressCheck(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    void check(Configuration configuration) {
        for (Vpn vpn : configuration.vpns()) {
            Map<String, List<Placed>> byRouter = new HashMap<>();
            for (Router router : vpn.routers()) {
                List<Placed> placed = byRouter.computeIfAbsent(router.name(), ignored -> new ArrayList<>());
                for (Interface face : router.interfaces()) {
                    place(placed, face, face.addresses(), !face.carriesPackets());
                    checkMtu(face, face.mtu(), face.addresses());
                }
            }
            for (Link link : vpn.links()) {
                for (LinkEnd end : List.of(link.a(), link.b())) {
                    place(
                            byRouter.computeIfAbsent(end.router(), ignored -> new ArrayList<>()),
                            end,
                            end.addresses(),
                            false);
                    checkMtu(link, link.mtu(), end.addresses());
                }
            }
            byRouter.values().forEach(this::checkOverlaps);
        }
    }

    /** An address, the path of the list it is in, and where it stands in the document. */
    private record Placed(InterfaceAddress address, String owner, boolean loopback, YamlNode node) {}

    private void place(List<Placed> placed, Object owner, List<InterfaceAddress> addresses, boolean loopback) {
        // A list that was read in part does not tell which address stands where; its problem is already known.
        if (!(origins.of(owner).fields().get(FIELD) instanceof YamlNode.Sequence list)
                || list.items().size() != addresses.size()) {
            return;
        }
        for (int i = 0; i < addresses.size(); i++) {
            String reason = whyNotAssignable(addresses.get(i));
            if (reason != null) {
                problems.add(list.items().get(i), reason);
            } else {
                placed.add(new Placed(
                        addresses.get(i), list.path(), loopback, list.items().get(i)));
            }
        }
    }

    private void checkMtu(Object owner, int mtu, List<InterfaceAddress> addresses) {
        if (mtu < Limits.MIN_IPV6_MTU && addresses.stream().anyMatch(a -> a.family() == AddressFamily.IPV6)) {
            problems.add(
                    origins.of(owner), "mtu", "is below " + Limits.MIN_IPV6_MTU + ", which IPv6 needs (RFC 8200 §5)");
        }
    }

    private void checkOverlaps(List<Placed> placed) {
        Map<IpAddress, Placed> byAddress = new HashMap<>();
        // Subnets either nest or are apart, so the closest one that begins before tells of every overlap.
        NavigableMap<IpPrefix, Placed> bySubnet = new TreeMap<>();
        for (Placed one : placed) {
            Placed same = byAddress.putIfAbsent(one.address().address(), one);
            if (same != null) {
                problems.add(
                        one.node(), "is already the address at " + same.node().path());
            } else if (!one.loopback() && !one.address().address().isLinkLocal()) {
                checkSubnet(bySubnet, one);
            }
        }
    }

    private void checkSubnet(NavigableMap<IpPrefix, Placed> bySubnet, Placed one) {
        IpPrefix subnet = one.address().subnet();
        Map.Entry<IpPrefix, Placed> before = bySubnet.floorEntry(subnet);
        Map.Entry<IpPrefix, Placed> after = bySubnet.higherEntry(subnet);
        for (Map.Entry<IpPrefix, Placed> neighbour : entries(before, after)) {
            if (neighbour.getKey().overlaps(subnet)
                    && !neighbour.getValue().owner().equals(one.owner())) {
                problems.add(
                        one.node(),
                        "overlaps " + neighbour.getValue().address() + " of another interface of this router, see "
                                + neighbour.getValue().node().path());
                return;
            }
        }
        bySubnet.putIfAbsent(subnet, one);
    }

    @SafeVarargs
    private static List<Map.Entry<IpPrefix, Placed>> entries(Map.@Nullable Entry<IpPrefix, Placed>... entries) {
        List<Map.Entry<IpPrefix, Placed>> present = new ArrayList<>();
        for (Map.Entry<IpPrefix, Placed> entry : entries) {
            if (entry != null) {
                present.add(entry);
            }
        }
        return present;
    }

    private static @Nullable String whyNotAssignable(InterfaceAddress address) {
        IpAddress own = address.address();
        if (own.isUnspecified() || THIS_NETWORK.contains(own)) {
            return "names no host (RFC 6890)";
        }
        if (own.isMulticast()) {
            return "is a multicast address";
        }
        if (own.isLoopback()) {
            return "is an address of the host itself (127.0.0.0/8, ::1)";
        }
        if (own.equals(LIMITED_BROADCAST)) {
            return "is the limited broadcast address (RFC 919 §7)";
        }
        // RFC 3021: both addresses of a /31 are hosts; RFC 6164 says the same of /127.
        int hostBits = own.family().bits() - address.prefixLength();
        if (hostBits > 1 && own.equals(address.subnet().network())) {
            return own.family() == AddressFamily.IPV4
                    ? "is the network address of its subnet"
                    : "is the subnet-router anycast address (RFC 4291 §2.6.1)";
        }
        if (hostBits > 1
                && own.family() == AddressFamily.IPV4
                && own.equals(address.subnet().last())) {
            return "is the broadcast address of its subnet";
        }
        return null;
    }
}
