package io.vireo.control.model.document;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.Attachment;
import io.vireo.control.model.Attachment.Access;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Encapsulation.Mpls;
import io.vireo.control.model.IncomingLabel;
import io.vireo.control.model.Interface;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Router;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.Vpn;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.YamlNode;
import io.vireo.control.model.wire.WireAddresses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds labels that are there twice, and next hops and routers of labels that are not there. */
final class LabelCheck {
    static final String NO_LINK =
            "is not an interface of this router by which labels can leave: one of a port, without vpnId or shared";

    private final Problems problems;
    private final Origins origins;

    LabelCheck(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    /** A label that comes in to a router: there is one space of them for all its links (RFC 3031 §3.14). */
    private record Received(RouterPath router, int label) {}

    void check(Configuration configuration) {
        InterfaceChecks routers = new InterfaceChecks(configuration, problems, origins);
        Map<Received, String> seen = new HashMap<>();
        for (Vpn vpn : configuration.vpns()) {
            for (Router router : vpn.routers()) {
                noteTunnels(router, seen);
            }
        }
        for (Vpn vpn : configuration.vpns()) {
            for (Router router : vpn.routers()) {
                RouterPath path = new RouterPath(vpn.name(), router.name());
                router.labels().forEach(entry -> check(path, entry, routers, seen));
            }
        }
    }

    private void noteTunnels(Router router, Map<Received, String> seen) {
        for (Interface each : router.interfaces()) {
            if (each.attachment() instanceof Attachment.Tunnel tunnel
                    && tunnel.encapsulation() instanceof Mpls mpls
                    && mpls.over() == Mpls.Carrier.ETHERNET) {
                seen.put(
                        new Received(tunnel.underlay(), mpls.inLabel()),
                        origins.of(each).pathOf("encapsulation"));
            }
        }
    }

    private void check(RouterPath path, IncomingLabel entry, InterfaceChecks routers, Map<Received, String> seen) {
        YamlNode.Mapping mapping = origins.of(entry);
        List<Interface> own = Objects.requireNonNullElse(routers.interfacesOf(path), List.of());
        String before = seen.putIfAbsent(new Received(path, entry.label()), mapping.pathOf(LabelReader.LABEL));
        if (before != null) {
            problems.add(
                    mapping, LabelReader.LABEL, "comes to this router with another meaning already, see " + before);
        }
        if (own.stream().noneMatch(each -> each.attachment() instanceof Access access && access.mpls())) {
            problems.add(mapping, LabelReader.LABEL, "never comes: no interface of this router has 'mpls: true'");
        }
        checkNextHops(entry, own, mapping);
        checkReceiver(entry, routers, mapping);
    }

    private void checkReceiver(IncomingLabel entry, InterfaceChecks routers, YamlNode.Mapping mapping) {
        if (entry.router() == null) {
            return;
        }
        List<Interface> target = routers.interfacesOf(entry.router());
        if (target == null) {
            problems.add(mapping, LabelReader.ROUTER, "is not a router of this node");
        } else if (target.stream().noneMatch(Interface::carriesPackets)) {
            problems.add(
                    mapping,
                    LabelReader.ROUTER,
                    "has no interface but loopbacks: packets are received by the first of its interfaces");
        }
    }

    private void checkNextHops(IncomingLabel entry, List<Interface> own, YamlNode.Mapping mapping) {
        String name = entry.interfaceName();
        if (name != null && !canSend(name, own)) {
            problems.add(mapping, LabelReader.INTERFACE, NO_LINK);
            return;
        }
        for (int i = 0; i < entry.via().size(); i++) {
            IpAddress gateway = entry.via().get(i);
            String defect = defect(gateway, name, own);
            if (defect != null) {
                problems.add(viaNode(mapping, i), defect);
            }
        }
    }

    private static @Nullable String defect(IpAddress gateway, @Nullable String name, List<Interface> own) {
        return gateway.isLinkLocal()
                ? "is link-local; the next hop of a label needs an address that is looked for on its link"
                : defectOnLink(gateway, name, own);
    }

    /** What is wrong with a next hop to which labels are sent, by an interface of a name or any. */
    static @Nullable String defectOnLink(IpAddress gateway, @Nullable String name, List<Interface> own) {
        if (gateway.family() == AddressFamily.IPV6 && WireAddresses.high(gateway) == 0) {
            return "has no upper half, so that it could be an IPv4 address as well (RFC 8950)";
        }
        if (own.stream()
                .anyMatch(each -> each.addresses().stream()
                        .anyMatch(address -> address.address().equals(gateway)))) {
            return "is the router's own address";
        }
        boolean isOnLink = own.stream()
                .filter(each -> isLink(each) && (name == null || each.name().equals(name)))
                .anyMatch(each -> each.addresses().stream()
                        .anyMatch(address -> address.subnet().contains(gateway)));
        return isOnLink
                ? null
                : "leads nowhere: no interface of this router on a port, without vpnId or shared, has a subnet with that address";
    }

    /** Whether labels can leave by an interface of a name. */
    static boolean canSend(String name, List<Interface> own) {
        return own.stream().anyMatch(each -> each.name().equals(name) && isLink(each));
    }

    private static boolean isLink(Interface each) {
        return each.attachment() instanceof Access access && access.takesAll();
    }

    private static YamlNode viaNode(YamlNode.Mapping mapping, int index) {
        YamlNode via = mapping.fields().get(LabelReader.VIA);
        return via instanceof YamlNode.Sequence list ? list.items().get(index) : via == null ? mapping : via;
    }
}
