package io.vireo.control.node.plan;

import io.vireo.control.model.Attachment.FarEnd;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Problem;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.attachment.feature.Numbers;
import io.vireo.control.node.scheduling.SchedulingPlan;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.LabelPlan;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.control.node.topology.RouterPlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration means for this node: everything numbered, named and resolved. Immutable.
 *
 * @param flowSeed which hash shares flows among equal-cost next hops
 * @param ports by name
 * @param routers by {@code VPN/ROUTER}
 * @param interfaces by {@code VPN/ROUTER/INTERFACE}
 * @param scheduling classes, filters and quotas
 * @param paths where an element stands in the configuration, by its name or key
 */
public record NodePlan(
        long flowSeed,
        Map<String, PortPlan> ports,
        Map<String, RouterPlan> routers,
        Map<String, InterfacePlan> interfaces,
        SchedulingPlan scheduling,
        Map<String, String> paths)
        implements Numbers {
    public static final NodePlan EMPTY = new NodePlan(0, Map.of(), Map.of(), Map.of(), SchedulingPlan.EMPTY, Map.of());

    /** A problem with an element, at its place in the configuration. */
    public Problem problem(String key, String reason) {
        return Problem.at(paths.getOrDefault(key, key), reason);
    }

    /** The interfaces of a port. */
    public List<InterfacePlan> interfacesOf(PortPlan port) {
        return interfaces.values().stream()
                .filter(plan -> port.name().equals(plan.attachment().port()))
                .toList();
    }

    /** Whether there is a router or interface of this key, and the data plane is told the same of it as with another plan. */
    public boolean isSameAs(String key, NodePlan other) {
        InterfacePlan interfacePlan = interfaces.get(key);
        if (interfacePlan == null) {
            RouterPlan router = routers.get(key);
            return router != null && router.equals(other.routers.get(key));
        }
        return interfacePlan.equals(other.interfaces.get(key))
                && Objects.equals(portOf(interfacePlan), other.portOf(interfacePlan));
    }

    private @Nullable PortPlan portOf(InterfacePlan interfacePlan) {
        String port = interfacePlan.attachment().port();
        return port == null ? null : ports.get(port);
    }

    @Override
    public int portId(String port) {
        return required(ports.get(port), "port", port).portId();
    }

    @Override
    public int routerId(RouterPath router) {
        return required(routers.get(router.toString()), "router", router).routerId();
    }

    @Override
    public long vpnId(RouterPath router) {
        return required(routers.get(router.toString()), "router", router).vpnId();
    }

    @Override
    public int interfaceId(RouterPath router, String interfaceName) {
        String key = router + "/" + interfaceName;
        return required(interfaces.get(key), "interface", key).interfaceId();
    }

    private static <T> T required(@Nullable T planned, String kind, Object name) {
        if (planned == null) {
            throw new IllegalArgumentException("there is no " + kind + " " + name);
        }
        return planned;
    }

    /** What routers do with labels, by the keys of the labels. */
    public Map<String, LabelPlan> labels() {
        Map<String, LabelPlan> labels = new LinkedHashMap<>();
        routers.values().forEach(router -> router.labels().forEach(label -> labels.put(label.key(), label)));
        return labels;
    }

    /**
     * The far ends of tunnels, by the key of the router that forwards their outer packets, and the next hops of labels: no kernel looks for
     * the neighbours that these need.
     */
    public Map<String, Set<IpAddress>> farEnds() {
        Map<String, Set<IpAddress>> farEnds = new HashMap<>();
        for (LabelPlan label : labels().values()) {
            label.entry()
                    .via()
                    .forEach(gateway -> farEnds.computeIfAbsent(label.routerKey(), ignored -> new HashSet<>())
                            .add(gateway));
        }
        for (InterfacePlan interfacePlan : interfaces.values()) {
            FarEnd farEnd = interfacePlan.attachment().farEnd();
            if (farEnd != null) {
                farEnds.computeIfAbsent(farEnd.underlay().toString(), ignored -> new HashSet<>())
                        .add(farEnd.address());
            }
        }
        return farEnds;
    }

    /** The tunnels. */
    public List<InterfacePlan> tunnels() {
        return interfaces.values().stream()
                .filter(plan -> plan.attachment().farEnd() != null)
                .toList();
    }

    /** What it needs in Linux, as the namespace ledger names it. */
    public Set<String> linuxNames() {
        Set<String> names = new HashSet<>();
        for (RouterPlan router : routers.values()) {
            if (router.hasNamespace()) {
                names.add(router.namespace());
                router.interfaces()
                        .forEach(interfacePlan -> names.add(router.namespace() + "/" + interfacePlan.name()));
            }
        }
        return names;
    }
}
