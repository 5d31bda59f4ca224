package io.vireo.control.node.plan;

import io.vireo.control.model.Attachment.Access;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.IncomingLabel;
import io.vireo.control.model.Interface;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Router;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.Vpn;
import io.vireo.control.node.topology.LabelPlan;
import io.vireo.dataplane.wire.value.LabelSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Finds by which interfaces the next hops of labels are reached, and who receives what is underneath. */
final class LabelPlanner {
    private final Map<RouterPath, String> receivers = new HashMap<>();
    private final ToIntFunction<String> interfaceIds;

    /** @param interfaceIds numbers of interfaces by {@code VPN/ROUTER/INTERFACE}. */
    LabelPlanner(Configuration configuration, ToIntFunction<String> interfaceIds) {
        this.interfaceIds = interfaceIds;
        for (Vpn vpn : configuration.vpns()) {
            for (Router router : vpn.routers()) {
                vpn.interfacesOf(router).stream()
                        .filter(Interface::carriesPackets)
                        .findFirst()
                        .ifPresent(each -> receivers.put(new RouterPath(vpn.name(), router.name()), each.name()));
            }
        }
    }

    /** Plans a label of a router with these interfaces. */
    LabelPlan plan(String routerKey, int routerId, IncomingLabel entry, List<Interface> interfaces) {
        List<LabelPlan.Hop> hops = entry.via().stream()
                .map(gateway -> new LabelPlan.Hop(
                        interfaceIds.applyAsInt(routerKey + "/" + egress(entry, gateway, interfaces)), gateway))
                .toList();
        int receiver = entry.router() == null
                ? LabelSpec.NO_INTERFACE
                : interfaceIds.applyAsInt(entry.router() + "/" + receivers.get(entry.router()));
        return new LabelPlan(routerKey, routerId, entry, hops, receiver);
    }

    /** The one that is named, else the one whose subnet the next hop is in; a document is checked for one. */
    private static String egress(IncomingLabel entry, IpAddress gateway, List<Interface> interfaces) {
        if (entry.interfaceName() != null) {
            return entry.interfaceName();
        }
        return interfaces.stream()
                .filter(each -> each.attachment() instanceof Access access && access.takesAll())
                .filter(each -> each.addresses().stream()
                        .anyMatch(address -> address.subnet().contains(gateway)))
                .findFirst()
                .map(Interface::name)
                .orElseThrow(() -> new IllegalArgumentException("no interface leads to " + gateway));
    }
}
