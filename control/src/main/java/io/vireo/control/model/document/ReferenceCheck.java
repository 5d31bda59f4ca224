package io.vireo.control.model.document;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Link;
import io.vireo.control.model.LinkEnd;
import io.vireo.control.model.Port;
import io.vireo.control.model.Router;
import io.vireo.control.model.Vpn;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds references to ports and routers that are not there, and interfaces that do not fit their port. */
final class ReferenceCheck {
    private final Problems problems;
    private final Origins origins;

    ReferenceCheck(final Problems problems, final Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    void check(final Configuration configuration) {
        final Map<String, Port> ports = configuration.ports().stream()
                .collect(Collectors.toMap(Port::name, Function.identity(), (first, second) -> first));
        for (final Vpn vpn : configuration.vpns()) {
            for (final Router router : vpn.routers()) {
                for (final Interface face : router.interfaces()) {
                    if (face.attachment() instanceof Interface.Access access) {
                        checkAccess(face, ports.get(access.port()));
                    }
                }
            }
            checkLinks(vpn);
        }
    }

    private void checkAccess(final Interface face, final @Nullable Port port) {
        final YamlNode.Mapping mapping = origins.of(face);
        if (port == null) {
            problems.add(mapping, "port", "is not a port of this node");
        } else if (face.mtu() > port.mtu()) {
            problems.add(mapping, "mtu", "is above the " + port.mtu() + " of port " + port.name());
        }
    }

    private void checkLinks(final Vpn vpn) {
        final Set<String> routers = vpn.routers().stream().map(Router::name).collect(Collectors.toSet());
        for (final Link link : vpn.links()) {
            for (final LinkEnd end : List.of(link.a(), link.b())) {
                final YamlNode.Mapping mapping = origins.of(end);
                if (!routers.contains(end.router())) {
                    problems.add(mapping, "router", "is not a router of VPN " + vpn.name() + " on this node");
                }
                if ("lo".equals(end.interfaceName())) {
                    problems.add(mapping, "interface", "'lo' is the kernel's loopback");
                }
            }
        }
    }
}
