package io.vireo.control.desired;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Link;
import io.vireo.control.model.LinkEnd;
import io.vireo.control.model.Port;
import io.vireo.control.model.Router;
import io.vireo.control.model.Vpn;
import io.vireo.control.store.IdentityTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Identities for everything in a configuration, given with three writes to the disk instead of one for each. The node
 * then finds them when it asks for them one by one.
 */
final class Reservation {
    static final String PORT = "PORT";
    static final String ROUTER = "ROUTER";
    static final String INTERFACE = "INTERFACE";

    private final IdentityTable identities;
    private final List<String> ports;
    private final List<String> routers;
    private final List<String> interfaces;

    private Reservation(
            final IdentityTable identities,
            final List<String> ports,
            final List<String> routers,
            final List<String> interfaces) {
        this.identities = identities;
        this.ports = ports;
        this.routers = routers;
        this.interfaces = interfaces;
    }

    static Reservation of(final Configuration configuration, final IdentityTable identities) {
        final List<String> routers = new ArrayList<>();
        final List<String> interfaces = new ArrayList<>();
        for (final Vpn vpn : configuration.vpns()) {
            for (final Router router : vpn.routers()) {
                routers.add(vpn.name() + "/" + router.name());
                router.interfaces().stream()
                        .filter(face -> !face.isLoopback())
                        .map(Interface::name)
                        .forEach(name -> interfaces.add(vpn.name() + "/" + router.name() + "/" + name));
            }
            for (final Link link : vpn.links()) {
                for (final LinkEnd end : List.of(link.a(), link.b())) {
                    interfaces.add(vpn.name() + "/" + end.router() + "/" + end.interfaceName());
                }
            }
        }
        final List<String> ports =
                configuration.ports().stream().map(Port::name).toList();
        return new Reservation(
                identities,
                identities.reserve(PORT, ports, Limits.MAX_PORTS),
                identities.reserve(ROUTER, routers, Limits.DEFAULT_MAX_ROUTERS),
                identities.reserve(INTERFACE, interfaces, Limits.DEFAULT_MAX_INTERFACES));
    }

    /** Gives the new ones back, when the node refused the configuration. */
    void cancel() {
        ports.forEach(key -> identities.release(PORT, key));
        routers.forEach(key -> identities.release(ROUTER, key));
        interfaces.forEach(key -> identities.release(INTERFACE, key));
    }
}
