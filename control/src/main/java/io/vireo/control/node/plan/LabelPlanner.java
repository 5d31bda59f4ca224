package io.vireo.control.node.plan;

import io.vireo.control.model.Attachment.Access;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.IncomingLabel;
import io.vireo.control.model.Interface;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Route;
import io.vireo.control.model.Router;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.Vpn;
import io.vireo.control.node.topology.LabelPlan;
import io.vireo.control.node.topology.LabelledRoutePlan;
import io.vireo.dataplane.wire.value.LabelSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Finds by which interfaces the next hops of labels, and of routes with labels, are reached, and who receives what is underneath. */
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
        List<LabelPlan.Hop> hops = hops(routerKey, entry.via(), entry.interfaceName(), interfaces);
        int receiver = entry.router() == null
                ? LabelSpec.NO_INTERFACE
                : interfaceIds.applyAsInt(entry.router() + "/" + receivers.get(entry.router()));
        return new LabelPlan(routerKey, routerId, entry, hops, receiver);
    }

    /** Plans those static routes of a router whose packets leave with labels. */
    List<LabelledRoutePlan> planRoutes(String routerKey, List<Route> routes, List<Interface> interfaces) {
        List<LabelledRoutePlan> planned = new ArrayList<>();
        for (Route route : routes) {
            if (route.labels() != null) {
                List<LabelPlan.Hop> hops = hops(routerKey, route.via(), route.interfaceName(), interfaces);
                planned.add(new LabelledRoutePlan(route.prefix(), hops, route.labels()));
            }
        }
        return List.copyOf(planned);
    }

    private List<LabelPlan.Hop> hops(
            String routerKey, List<IpAddress> via, @Nullable String interfaceName, List<Interface> interfaces) {
        return via.stream()
                .map(gateway -> new LabelPlan.Hop(
                        interfaceIds.applyAsInt(routerKey + "/" + egress(interfaceName, gateway, interfaces)), gateway))
                .toList();
    }

    /** The one that is named, else the one whose subnet the next hop is in; a document is checked for one. */
    private static String egress(@Nullable String interfaceName, IpAddress gateway, List<Interface> interfaces) {
        if (interfaceName != null) {
            return interfaceName;
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
