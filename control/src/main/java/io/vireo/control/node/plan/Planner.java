package io.vireo.control.node.plan;

import io.vireo.control.model.AdminState;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.Limits;
import io.vireo.control.model.MacAddress;
import io.vireo.control.model.Port;
import io.vireo.control.model.Router;
import io.vireo.control.model.Substrate;
import io.vireo.control.model.Vpn;
import io.vireo.control.node.scheduling.SchedulingPlan;
import io.vireo.control.node.scheduling.SchedulingPlanner;
import io.vireo.control.node.topology.DataplaneLimits;
import io.vireo.control.node.topology.IdRegistry;
import io.vireo.control.node.topology.IdsExhaustedException;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.LabelPlan;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.control.node.topology.RouterPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a configuration into a {@link NodePlan}. Numbers that are new are allocated in the registry; whoever gives the
 * plan up has {@link #release} free them. One use per plan.
 */
public final class Planner {
    private final String nodeName;
    private final String namespacePrefix;
    private final long ownFlowSeed;
    private final IdRegistry ids;
    private final DataplaneLimits limits;
    private final Map<String, PortPlan> ports = new LinkedHashMap<>();
    private final Map<String, RouterPlan> routers = new LinkedHashMap<>();
    private final Map<String, InterfacePlan> interfaces = new LinkedHashMap<>();
    private final Map<String, String> paths = new LinkedHashMap<>();

    /** @param ownFlowSeed of a configuration that says nothing of it */
    public Planner(String nodeName, String namespacePrefix, long ownFlowSeed, IdRegistry ids, DataplaneLimits limits) {
        this.nodeName = nodeName;
        this.ownFlowSeed = ownFlowSeed;
        this.namespacePrefix = namespacePrefix;
        this.ids = ids;
        this.limits = limits;
    }

    /**
     * Plans a configuration that has been validated.
     *
     * @throws IdsExhaustedException when the data plane has no room for it
     */
    public NodePlan plan(Configuration configuration) {
        List<Port> configuredPorts = configuration.ports();
        for (int i = 0; i < configuredPorts.size(); i++) {
            Port port = configuredPorts.get(i);
            int portId = ids.idOf(IdRegistry.Kind.PORT, port.name(), Limits.MAX_PORTS);
            ports.put(port.name(), new PortPlan(portId, port));
            paths.put(port.name(), "ports[" + i + "]");
            paths.put(PortPlan.rateSubject(port.name()), "ports[" + i + "].rate");
        }
        MemberPlanner members = new MemberPlanner(configuration);
        LabelPlanner labels = new LabelPlanner(configuration, this::interfaceId);
        for (int i = 0; i < configuration.vpns().size(); i++) {
            planVpn(configuration.vpns().get(i), "vpns[" + i + "]", members, labels);
        }
        planCrossings(configuration, members, labels);
        SchedulingPlan scheduling = new SchedulingPlanner(ids, limits, ports, interfaces, paths).plan(configuration);
        Long flowSeed = configuration.ecmp().hashSeed();
        return new NodePlan(
                flowSeed == null ? ownFlowSeed : flowSeed,
                Map.copyOf(ports),
                Map.copyOf(routers),
                Map.copyOf(interfaces),
                scheduling,
                Map.copyOf(paths));
    }

    /** The name of a router's network namespace on this node. */
    public String namespaceOf(String vpn, String router) {
        return namespacePrefix + vpn + "-" + router;
    }

    /** Frees the numbers that {@code kept} does not use. */
    public static void release(IdRegistry ids, NodePlan kept) {
        release(ids, IdRegistry.Kind.CLASS, kept.scheduling().classes());
        release(ids, IdRegistry.Kind.QUOTA, kept.scheduling().quotas());
        release(ids, IdRegistry.Kind.INTERFACE, kept.interfaces());
        release(ids, IdRegistry.Kind.ROUTER, kept.routers());
        release(ids, IdRegistry.Kind.PORT, kept.ports());
    }

    private static void release(IdRegistry ids, IdRegistry.Kind kind, Map<String, ?> kept) {
        for (String key : ids.keys(kind)) {
            if (!kept.containsKey(key)) {
                ids.release(kind, key);
            }
        }
    }

    private void planVpn(Vpn vpn, String path, MemberPlanner members, LabelPlanner labels) {
        for (int i = 0; i < vpn.routers().size(); i++) {
            Router router = vpn.routers().get(i);
            planRouter(
                    vpn, router, namespaceOf(vpn.name(), router.name()), path + ".routers[" + i + "]", members, labels);
        }
    }

    /** What only crosses the node is counted by a router that nobody has: it is in no namespace, and nothing is routed there. */
    private void planCrossings(Configuration configuration, MemberPlanner members, LabelPlanner labels) {
        Substrate substrate = configuration.substrate();
        substrate.transit().forEach(network -> {
            Router router = network.routers().getFirst();
            planRouter(network, router, RouterPlan.NO_NAMESPACE, "substrate", members, labels);
        });
        for (int i = 0; i < substrate.crossings().size(); i++) {
            String path = "substrate.crossings[" + i + "]";
            for (Interface end : substrate.crossings().get(i).ends()) {
                String key = Substrate.TRANSIT + "/" + end.name();
                paths.put(key, path + end.name().substring(end.name().lastIndexOf('.')));
            }
        }
    }

    private void planRouter(
            Vpn vpn, Router router, String namespace, String path, MemberPlanner members, LabelPlanner labels) {
        String key = vpn.name() + "/" + router.name();
        int routerId = ids.idOf(IdRegistry.Kind.ROUTER, key, limits.maxRouters());
        List<InterfacePlan> planned = new ArrayList<>();
        List<InterfaceAddress> loopback = new ArrayList<>();
        for (int i = 0; i < router.interfaces().size(); i++) {
            paths.put(key + "/" + router.interfaces().get(i).name(), path + ".interfaces[" + i + "]");
        }
        List<Interface> own = vpn.interfacesOf(router);
        for (Interface configured : own) {
            if (configured.carriesPackets()) {
                planned.add(planInterface(vpn.name(), key, routerId, configured, members));
            } else {
                loopback.addAll(configured.addresses());
            }
        }
        planned.forEach(element -> interfaces.put(element.key(), element));
        paths.put(key, path);
        routers.put(
                key,
                new RouterPlan(
                        key,
                        routerId,
                        vpn.name(),
                        vpn.id(),
                        router.name(),
                        namespace,
                        router.punt(),
                        List.copyOf(planned),
                        List.copyOf(loopback),
                        router.routes(),
                        labels.planRoutes(key, router.routes(), own),
                        planLabels(router, key, routerId, path, own, labels),
                        router.routing()));
    }

    private List<LabelPlan> planLabels(
            Router router, String key, int routerId, String path, List<Interface> interfaces, LabelPlanner labels) {
        List<LabelPlan> planned = new ArrayList<>();
        for (int i = 0; i < router.labels().size(); i++) {
            LabelPlan plan = labels.plan(key, routerId, router.labels().get(i), interfaces);
            paths.put(plan.key(), path + ".labels[" + i + "]");
            planned.add(plan);
        }
        return List.copyOf(planned);
    }

    private InterfacePlan planInterface(
            String vpn, String routerKey, int routerId, Interface configured, MemberPlanner members) {
        String key = routerKey + "/" + configured.name();
        return new InterfacePlan(
                key,
                interfaceId(key),
                routerId,
                configured.name(),
                configured.attachment(),
                mac(key, configured.mac()),
                configured.mtu(),
                configured.followsUnderlay(),
                configured.addresses(),
                configured.adminState() == AdminState.UP,
                configured.emulation(),
                members.plan(configured.members(), vpn));
    }

    private int interfaceId(String key) {
        return ids.idOf(IdRegistry.Kind.INTERFACE, key, limits.maxInterfaces());
    }

    private MacAddress mac(String key, @Nullable MacAddress configured) {
        return configured == null ? MacAddress.derivedFrom(nodeName + "/" + key) : configured;
    }
}
