package io.vireo.control.desired;

import static java.util.Objects.requireNonNull;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Link;
import io.vireo.control.model.LinkEnd;
import io.vireo.control.model.Port;
import io.vireo.control.model.Router;
import io.vireo.control.model.Scheduling;
import io.vireo.control.model.SchedulingClass;
import io.vireo.control.model.Vpn;
import io.vireo.control.store.IdentityTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the identities of everything in a configuration with five writes to the disk instead of one each. The node then
 * finds them when it asks for them one by one.
 */
final class TakenIdentities {
    /** The kinds, and below which number the identities of each are. */
    private static final Map<String, Integer> LIMITS = Map.of(
            "PORT", Limits.MAX_PORTS,
            "ROUTER", Limits.DEFAULT_MAX_ROUTERS,
            "INTERFACE", Limits.DEFAULT_MAX_INTERFACES,
            "CLASS", Limits.DEFAULT_MAX_CLASSES,
            "QUOTA", Limits.MAX_QUOTAS);

    private final IdentityTable identities;

    /** The names that had no number before, by kind. */
    private final Map<String, List<String>> fresh;

    private final Map<String, List<String>> wanted;

    private TakenIdentities(
            IdentityTable identities, Map<String, List<String>> wanted, Map<String, List<String>> fresh) {
        this.identities = identities;
        this.wanted = wanted;
        this.fresh = fresh;
    }

    /** Takes the identities of a configuration, of those that there is a number left for. */
    static TakenIdentities of(Configuration configuration, IdentityTable identities) {
        Map<String, List<String>> fresh = new HashMap<>();
        Map<String, List<String>> wanted = namesOf(configuration);
        wanted.forEach(
                (kind, names) -> fresh.put(kind, identities.reserve(kind, names, requireNonNull(LIMITS.get(kind)))));
        return new TakenIdentities(identities, wanted, fresh);
    }

    /** What was taken for a configuration that never came into force, by whomever: what is not of the current one, too. */
    static TakenIdentities beyond(Configuration current, Configuration never, IdentityTable identities) {
        Map<String, List<String>> kept = namesOf(current);
        Map<String, List<String>> fresh = namesOf(never);
        fresh.forEach((kind, names) -> names.removeAll(Set.copyOf(kept.getOrDefault(kind, List.of()))));
        return new TakenIdentities(identities, Map.of(), fresh);
    }

    /** Those that there was no number left for, with their kinds. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        wanted.forEach((kind, names) -> {
            Set<String> numbered = Set.copyOf(identities.keys(kind));
            names.stream().filter(name -> !numbered.contains(name)).forEach(name -> missing.add(kind + " " + name));
        });
        return missing;
    }

    private static Map<String, List<String>> namesOf(Configuration configuration) {
        List<String> routers = new ArrayList<>();
        List<String> interfaces = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        for (Vpn vpn : configuration.vpns()) {
            for (Router router : vpn.routers()) {
                routers.add(vpn.name() + "/" + router.name());
                for (Interface each : router.interfaces()) {
                    if (each.carriesPackets()) {
                        String key = vpn.name() + "/" + router.name() + "/" + each.name();
                        interfaces.add(key);
                        classes.addAll(classesOf(key, each));
                    }
                }
            }
            for (Link link : vpn.links()) {
                for (LinkEnd end : List.of(link.a(), link.b())) {
                    interfaces.add(vpn.name() + "/" + end.router() + "/" + end.interfaceName());
                }
            }
        }
        List<String> quotas = new ArrayList<>();
        configuration.vpns().stream().filter(Vpn::hasOwnBuffers).map(Vpn::name).forEach(quotas::add);
        List<String> ports = new ArrayList<>();
        configuration.ports().stream().map(Port::name).forEach(ports::add);
        Map<String, List<String>> names = new HashMap<>();
        names.put("PORT", ports);
        names.put("ROUTER", routers);
        names.put("INTERFACE", interfaces);
        names.put("CLASS", classes);
        names.put("QUOTA", quotas);
        return names;
    }

    private static List<String> classesOf(String key, Interface each) {
        List<String> classes = new ArrayList<>();
        Scheduling scheduling = each.scheduling();
        if (scheduling != null) {
            classes.add(key);
            scheduling.classes().forEach(child -> classes.add(SchedulingClass.key(key, child.name())));
            if (!scheduling.classes().isEmpty() && scheduling.defaultClass() == null) {
                classes.add(SchedulingClass.key(key, SchedulingClass.DEFAULT_NAME));
            }
        }
        return classes;
    }

    /** Releases the new ones, when the configuration does not come into force. */
    void cancel() {
        fresh.forEach((kind, names) -> names.forEach(name -> identities.release(kind, name)));
    }
}
