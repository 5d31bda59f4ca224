package io.vireo.control.desired;

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
import java.util.List;

/**
 * Reserves the identities of everything in a configuration with five writes to the disk instead of one each. The node then
 * finds them when it asks for them one by one.
 */
final class Reservation {
    static final String PORT = "PORT";
    static final String ROUTER = "ROUTER";
    static final String INTERFACE = "INTERFACE";
    static final String CLASS = "CLASS";
    static final String QUOTA = "QUOTA";

    private final IdentityTable identities;
    private final List<String> ports;
    private final List<String> routers;
    private final List<String> interfaces;
    private final List<String> classes;
    private final List<String> quotas;

    private Reservation(
            IdentityTable identities,
            List<String> ports,
            List<String> routers,
            List<String> interfaces,
            List<String> classes,
            List<String> quotas) {
        this.identities = identities;
        this.ports = ports;
        this.routers = routers;
        this.interfaces = interfaces;
        this.classes = classes;
        this.quotas = quotas;
    }

    static Reservation of(Configuration configuration, IdentityTable identities) {
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
        List<String> quotas = configuration.vpns().stream()
                .filter(Vpn::hasOwnBuffers)
                .map(Vpn::name)
                .toList();
        List<String> ports = configuration.ports().stream().map(Port::name).toList();
        return new Reservation(
                identities,
                identities.reserve(PORT, ports, Limits.MAX_PORTS),
                identities.reserve(ROUTER, routers, Limits.DEFAULT_MAX_ROUTERS),
                identities.reserve(INTERFACE, interfaces, Limits.DEFAULT_MAX_INTERFACES),
                identities.reserve(CLASS, classes, Limits.DEFAULT_MAX_CLASSES),
                identities.reserve(QUOTA, quotas, Limits.MAX_QUOTAS));
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

    /** Releases the new ones, when the node refused the configuration. */
    void cancel() {
        ports.forEach(key -> identities.release(PORT, key));
        routers.forEach(key -> identities.release(ROUTER, key));
        interfaces.forEach(key -> identities.release(INTERFACE, key));
        classes.forEach(key -> identities.release(CLASS, key));
        quotas.forEach(key -> identities.release(QUOTA, key));
    }
}
