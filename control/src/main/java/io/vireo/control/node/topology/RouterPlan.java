package io.vireo.control.node.topology;

import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.PuntLimit;
import io.vireo.control.model.Route;
import io.vireo.control.model.Routing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual router as it shall be.
 *
 * @param key {@code VPN/ROUTER}
 * @param namespace in Linux; {@link #NO_NAMESPACE}: there is none, and no kernel routes for it
 * @param interfaces access interfaces and ends of links
 * @param loopbackAddresses the addresses of all its loopback interfaces
 * @param labelledRoutes those of the routes whose packets leave with labels
 * @param labels what it does with MPLS labels
 * @param routing what speaks routing protocols for it, or null
 */
public record RouterPlan(
        String key,
        int routerId,
        String vpn,
        long vpnId,
        String name,
        String namespace,
        PuntLimit punt,
        List<InterfacePlan> interfaces,
        List<InterfaceAddress> loopbackAddresses,
        List<Route> routes,
        List<LabelledRoutePlan> labelledRoutes,
        List<LabelPlan> labels,
        @Nullable Routing routing) {
    public static final String NO_NAMESPACE = "";

    public boolean hasNamespace() {
        return !namespace.isEmpty();
    }
}
