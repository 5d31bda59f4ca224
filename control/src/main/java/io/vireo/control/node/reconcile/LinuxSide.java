package io.vireo.control.node.reconcile;

import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.host.HostInterface;
import io.vireo.control.node.namespace.CarrierKeeper;
import io.vireo.control.node.namespace.Drift;
import io.vireo.control.node.namespace.NamespaceLedger;
import io.vireo.control.node.namespace.RouterNamespace;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.pump.TapPump;
import io.vireo.control.node.routing.RoutingService;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.control.node.topology.RouterPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What of a node is in Linux: a namespace per virtual router and a TAP device per interface. Keeps the handles, has the
 * supervisor keep carriers, and has the ledger know what is ours. Methods throw {@link
 * io.vireo.control.linux.LinuxException} when the kernel refuses something. Several threads may make or configure different
 * routers and interfaces at once; otherwise called by one thread at a time.
 */
public final class LinuxSide implements AutoCloseable {
    private final TapPump pump;
    private final CarrierKeeper carriers;
    private final NamespaceLedger ledger;
    private final RoutingService routing;
    private final Events events;
    private final Map<String, RouterNamespace> namespaces = new ConcurrentHashMap<>();
    private final Map<String, RouterNamespace.Tap> taps = new ConcurrentHashMap<>();

    public LinuxSide(
            TapPump pump, CarrierKeeper carriers, NamespaceLedger ledger, RoutingService routing, Events events) {
        this.pump = pump;
        this.carriers = carriers;
        this.ledger = ledger;
        this.routing = routing;
        this.events = events;
    }

    /** Silences the Linux interface of a port. */
    void prepareDevice(PortPlan port) {
        HostInterface.of(port)
                .filter(HostInterface::isFit)
                .ifPresent(device ->
                        device.prepare().forEach(warning -> events.warning("port.offloads", port.name(), warning)));
    }

    /**
     * Makes the namespace of a router, or adopts it.
     *
     * @throws io.vireo.control.node.namespace.NamespaceTakenException when it is another node's
     */
    RouterNamespace createNamespace(RouterPlan router) {
        ledger.claim(router.namespace());
        RouterNamespace known = namespaces.get(router.key());
        if (known != null) {
            return known;
        }
        RouterNamespace namespace = RouterNamespace.ensure(router.namespace());
        namespaces.put(router.key(), namespace);
        events.info("namespace.created", router.key(), "namespace " + router.namespace() + " is ready");
        return namespace;
    }

    /** Has the routing daemons of these routers run, and of no others. */
    void followRouting(NodePlan plan) {
        routing.follow(plan.routers().values());
    }

    void removeNamespace(RouterPlan router) {
        routing.abandon(router);
        RouterNamespace namespace = namespaces.remove(router.key());
        if (namespace != null) {
            namespace.close();
        }
        if (!ledger.has(router.namespace())) {
            return; // never made: it is another node's
        }
        NetworkNamespace.delete(router.namespace());
        ledger.remove(router.namespace());
        events.info("namespace.removed", router.key(), "namespace " + router.namespace() + " was removed");
    }

    /** Makes the TAP device of an interface, or adopts it, and has its frames carried. */
    void createTap(InterfacePlan interfacePlan, NodePlan to) {
        if (taps.containsKey(interfacePlan.key())) {
            configureTap(interfacePlan);
        } else {
            RouterNamespace namespace = namespaceOf(interfacePlan.routerKey());
            ledger.add(linuxName(namespace, interfacePlan));
            RouterNamespace.Tap tap = namespace.ensureTap(interfacePlan);
            taps.put(interfacePlan.key(), tap);
            tap.carrier().ifPresent(carrier -> carriers.keep(linuxName(namespace, interfacePlan), carrier));
            pump.add(interfacePlan.interfaceId(), tap.queue());
        }
        String port = interfacePlan.attachment().port();
        if (port != null) {
            pump.assign(interfacePlan.interfaceId(), to.portId(port));
        }
    }

    /** Has the supervisor keep the carriers of the devices that were made. */
    void handOverCarriers() {
        carriers.handOver();
    }

    /** @param to the plan in which the interface is no more */
    void removeTap(InterfacePlan interfacePlan, NodePlan to) {
        pump.remove(interfacePlan.interfaceId());
        if (taps.remove(interfacePlan.key()) == null) {
            return;
        }
        RouterNamespace namespace = namespaceOf(interfacePlan.routerKey());
        carriers.drop(linuxName(namespace, interfacePlan));
        if (to.routers().containsKey(interfacePlan.routerKey())) {
            namespace.removeTap(interfacePlan.name()); // otherwise it goes with its namespace, which is quicker
        }
        ledger.remove(linuxName(namespace, interfacePlan));
    }

    void configureTap(InterfacePlan interfacePlan) {
        namespaceOf(interfacePlan.routerKey()).configureTap(interfacePlan);
    }

    void configureInterface(InterfacePlan interfacePlan) {
        namespaceOf(interfacePlan.routerKey()).configureInterface(interfacePlan);
    }

    /** Adds addresses that are missing; those that go stay until the interface is configured. */
    void addAddresses(InterfacePlan interfacePlan) {
        namespaceOf(interfacePlan.routerKey()).addAddresses(interfacePlan);
    }

    /** As {@link #addAddresses}, of a router's loopback. */
    void addLoopbackAddresses(RouterPlan router) {
        namespaceOf(router.key()).addLoopbackAddresses(router.loopbackAddresses());
    }

    /** What of a router's namespace is not as the plan says. */
    List<Drift> drift(RouterPlan router) {
        return namespaceOf(router.key()).drift(router);
    }

    /** Brings all of a router's namespace to what the plan says. */
    void restore(RouterPlan router) {
        namespaceOf(router.key()).restore();
        for (InterfacePlan interfacePlan : router.interfaces()) {
            configureTap(interfacePlan);
            configureInterface(interfacePlan);
        }
        configureRouter(router);
    }

    /** The interfaces of a router whose TAP device is no longer there, or has another name. */
    List<InterfacePlan> lostTaps(RouterPlan router) {
        Map<String, Integer> present = new HashMap<>();
        namespaceOf(router.key()).links().forEach(link -> present.put(link.name(), link.ifindex()));
        return router.interfaces().stream()
                .filter(interfacePlan -> {
                    RouterNamespace.Tap tap = taps.get(interfacePlan.key());
                    return tap != null && !Objects.equals(present.get(interfacePlan.name()), tap.ifindex());
                })
                .toList();
    }

    /** Makes a TAP device anew in the place of what is left of it. */
    void recreateTap(InterfacePlan interfacePlan, NodePlan to) {
        RouterNamespace namespace = namespaceOf(interfacePlan.routerKey());
        pump.remove(interfacePlan.interfaceId());
        carriers.drop(linuxName(namespace, interfacePlan));
        RouterNamespace.Tap lost = taps.remove(interfacePlan.key());
        if (lost != null) {
            namespace.removeRenamed(lost.ifindex());
        }
        namespace.removeTap(interfacePlan.name());
        createTap(interfacePlan, to);
        handOverCarriers();
    }

    void configureRouter(RouterPlan router) {
        RouterNamespace namespace = namespaceOf(router.key());
        namespace.configureLoopback(router.loopbackAddresses());
        namespace
                .configureRoutes(router.routes())
                .forEach((route, reason) -> events.info(
                        "route.pending", router.key() + " " + route.prefix(), "is not installed yet: " + reason));
    }

    /** Removes what an earlier life of control made and no plan has any more. */
    void removeStale(NodePlan plan) {
        List<String> stale = ledger.othersThan(plan.linuxNames());
        for (String name : stale) {
            int slash = name.indexOf('/');
            if (NamespaceLedger.isNamespace(name)) {
                RoutingService.abandonNamespace(name);
                NetworkNamespace.delete(name);
            } else {
                carriers.drop(name);
                removeTap(name.substring(0, slash), name.substring(slash + 1));
            }
            events.info("linux.removed", name, "is configured no more and was removed");
        }
        ledger.removeAll(stale);
    }

    private static void removeTap(String namespaceName, String tap) {
        if (!NetworkNamespace.exists(namespaceName)) {
            return;
        }
        try (RouterNamespace namespace = RouterNamespace.ensure(namespaceName)) {
            namespace.removeTap(tap);
        }
    }

    /** The kernel's index of an interface's TAP device, if there is one. */
    OptionalInt ifindex(InterfacePlan interfacePlan) {
        RouterNamespace.Tap tap = taps.get(interfacePlan.key());
        return tap == null ? OptionalInt.empty() : OptionalInt.of(tap.ifindex());
    }

    /** The namespaces that are other nodes', each with its node's name. */
    Map<String, String> namespacesOfOthers() {
        return ledger.namespacesOfOthers();
    }

    /** Forgets all handles; namespaces and devices stay. */
    @Override
    public void close() {
        namespaces.values().forEach(RouterNamespace::close);
        namespaces.clear();
    }

    private RouterNamespace namespaceOf(String routerKey) {
        RouterNamespace namespace = namespaces.get(routerKey);
        if (namespace == null) {
            throw new IllegalStateException("router " + routerKey + " has no namespace");
        }
        return namespace;
    }

    private static String linuxName(RouterNamespace namespace, InterfacePlan interfacePlan) {
        return namespace.name() + "/" + interfacePlan.name();
    }
}
