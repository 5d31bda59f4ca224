package io.vireo.control.node.scheduling;

import io.vireo.control.model.ClassCurves;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Router;
import io.vireo.control.model.Scheduling;
import io.vireo.control.model.SchedulingClass;
import io.vireo.control.model.Vpn;
import io.vireo.control.node.topology.DataplaneLimits;
import io.vireo.control.node.topology.IdRegistry;
import io.vireo.control.node.topology.IdsExhaustedException;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.control.view.InterfacePath;
import io.vireo.dataplane.schedule.policy.ClassFilterRule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a configuration says of scheduling into a {@link SchedulingPlan}, once ports and interfaces are planned. Class
 * and quota 0 have a meaning of their own to the data plane, so the numbers here are one more than the registry's.
 */
public final class SchedulingPlanner {
    private final IdRegistry ids;
    private final DataplaneLimits limits;
    private final Map<String, PortPlan> ports;
    private final Map<String, InterfacePlan> interfaces;
    private final Map<String, String> paths;
    private final Map<String, ClassPlan> classes = new LinkedHashMap<>();
    private final Map<String, FilterPlan> filters = new HashMap<>();
    private final Map<String, QuotaPlan> quotas = new HashMap<>();

    /** @param paths where it notes what stands where in the configuration */
    public SchedulingPlanner(
            IdRegistry ids,
            DataplaneLimits limits,
            Map<String, PortPlan> ports,
            Map<String, InterfacePlan> interfaces,
            Map<String, String> paths) {
        this.ids = ids;
        this.limits = limits;
        this.ports = ports;
        this.interfaces = interfaces;
        this.paths = paths;
    }

    /**
     * Plans a configuration that has been validated.
     *
     * @throws IdsExhaustedException when the data plane has no room for it
     */
    public SchedulingPlan plan(Configuration configuration) {
        List<Vpn> networks = configuration.networks();
        for (int i = 0; i < networks.size(); i++) {
            Vpn vpn = networks.get(i);
            int quotaId = planQuota(vpn, "vpns[" + i + "].buffers");
            for (Router router : vpn.routers()) {
                for (Interface element : router.interfaces()) {
                    planInterface(new InterfacePath(vpn.name(), router.name(), element.name()), element, quotaId);
                }
            }
        }
        SpareShares.fill(ports, classes);
        QueueShares.of(classes.values(), QuotaSizes.of(limits.queuePackets(), quotas.values()), quotas.values())
                .applyTo(classes);
        return new SchedulingPlan(classes, filters, quotas);
    }

    private int planQuota(Vpn vpn, String path) {
        if (!vpn.hasOwnBuffers()) {
            return 0;
        }
        int quotaId = 1 + ids.idOf(IdRegistry.Kind.QUOTA, vpn.name(), Limits.MAX_QUOTAS);
        QuotaPlan quota = new QuotaPlan(vpn.name(), quotaId, vpn.buffers());
        quotas.put(vpn.name(), quota);
        paths.put(quota.subject(), path);
        return quotaId;
    }

    private void planInterface(InterfacePath name, Interface element, int quotaId) {
        InterfacePlan owner = interfaces.get(name.toString());
        PortPlan port = owner == null ? null : portOf(owner, element.scheduling());
        if (owner == null || port == null) {
            return;
        }
        Scheduling scheduling = element.scheduling();
        ClassPlan.Place place = new ClassPlan.Place(name, owner.interfaceId(), port.name(), port.portId());
        String path = paths.getOrDefault(owner.key(), owner.key());
        if (scheduling != null) {
            new Tree(place, scheduling, quotaId).plan(path + ".scheduling");
        } else if (port.port().rate() != null) {
            // The data plane would make a class by itself, but in everybody's quota and with a share of its own choice.
            new Tree(place, Scheduling.NONE, quotaId).plan(path);
        }
    }

    /** The port whose class it has: where it sends what it sends, or the one that is named for a tunnel; null for none. */
    private @Nullable PortPlan portOf(InterfacePlan owner, @Nullable Scheduling scheduling) {
        String own = owner.attachment().port();
        String name = own == null && scheduling != null ? scheduling.port() : own;
        return name == null ? null : ports.get(name);
    }

    /** The classes of one interface. */
    private final class Tree {
        private final ClassPlan.Place place;
        private final String interfaceKey;
        private final Scheduling scheduling;
        private final int quotaId;

        Tree(ClassPlan.Place place, Scheduling scheduling, int quotaId) {
            this.place = place;
            this.scheduling = scheduling;
            this.quotaId = quotaId;
            interfaceKey = place.interfaceKey();
        }

        void plan(String path) {
            ClassPlan top = new ClassPlan(
                    interfaceKey,
                    classId(interfaceKey),
                    null,
                    0,
                    place,
                    place.owner().interfaceName(),
                    scheduling.curves(),
                    scheduling.queue(),
                    scheduling.codel(),
                    quotaId);
            put(top, path);
            if (scheduling.classes().isEmpty()) {
                return;
            }
            planBelow(top, path);
            String defaultClass = scheduling.defaultClass();
            if (defaultClass == null) {
                planDefault(top, path);
                defaultClass = SchedulingClass.DEFAULT_NAME;
            }
            planFilter(idOf(defaultClass), path);
        }

        /** Level by level, so that parents come before their children at any depth. */
        private void planBelow(ClassPlan top, String path) {
            Map<String, List<Integer>> children = new HashMap<>();
            for (int i = 0; i < scheduling.classes().size(); i++) {
                String parent = scheduling.classes().get(i).parent();
                children.computeIfAbsent(parent == null ? top.key() : key(parent), ignored -> new ArrayList<>())
                        .add(i);
            }
            Deque<ClassPlan> parents = new ArrayDeque<>(List.of(top));
            while (!parents.isEmpty()) {
                ClassPlan parent = parents.remove();
                for (int i : children.getOrDefault(parent.key(), List.of())) {
                    SchedulingClass element = scheduling.classes().get(i);
                    ClassPlan child = child(parent, element);
                    put(child, path + ".classes[" + i + "]");
                    parents.add(child);
                }
            }
        }

        /** The data plane would make one by itself, but in everybody's quota and with nothing to count by. */
        private void planDefault(ClassPlan top, String path) {
            put(
                    child(
                            top,
                            new SchedulingClass(
                                    SchedulingClass.DEFAULT_NAME,
                                    null,
                                    ClassCurves.NONE,
                                    scheduling.queue(),
                                    scheduling.codel(),
                                    List.of())),
                    path);
        }

        private void planFilter(int defaultClassId, String path) {
            List<ClassFilterRule> rules = scheduling.classes().stream()
                    .flatMap(element -> element.matches().stream().map(match -> match.rule(idOf(element.name()))))
                    .toList();
            FilterPlan filter = new FilterPlan(interfaceKey, place.interfaceId(), rules, defaultClassId);
            filters.put(interfaceKey, filter);
            paths.put(filter.subject(), path + ".classes");
        }

        private ClassPlan child(ClassPlan parent, SchedulingClass element) {
            String key = key(element.name());
            return new ClassPlan(
                    key,
                    classId(key),
                    parent.key(),
                    parent.classId(),
                    place,
                    element.name(),
                    element.curves(),
                    element.queue(),
                    element.codel(),
                    quotaId);
        }

        private String key(String name) {
            return SchedulingClass.key(interfaceKey, name);
        }

        private int idOf(String name) {
            ClassPlan planned = classes.get(key(name));
            if (planned == null) {
                throw new IllegalArgumentException("there is no class " + key(name));
            }
            return planned.classId();
        }

        private void put(ClassPlan plan, String path) {
            classes.put(plan.key(), plan);
            paths.put(plan.subject(), path);
        }
    }

    private int classId(String key) {
        return 1 + ids.idOf(IdRegistry.Kind.CLASS, key, limits.maxClasses() - 1);
    }
}
