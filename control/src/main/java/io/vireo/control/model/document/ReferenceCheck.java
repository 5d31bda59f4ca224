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

    ReferenceCheck(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    void check(Configuration configuration) {
        Map<String, Port> ports = configuration.ports().stream()
                .collect(Collectors.toMap(Port::name, Function.identity(), (first, second) -> first));
        for (Vpn vpn : configuration.vpns()) {
            for (Router router : vpn.routers()) {
                for (Interface face : router.interfaces()) {
                    if (face.attachment() instanceof Interface.Access access) {
                        checkAccess(face, ports.get(access.port()));
                    }
                }
            }
            checkLinks(vpn);
        }
    }

    private void checkAccess(Interface face, @Nullable Port port) {
        YamlNode.Mapping mapping = origins.of(face);
        if (port == null) {
            problems.add(mapping, "port", "is not a port of this node");
        } else if (face.mtu() > port.mtu()) {
            problems.add(mapping, "mtu", "is above the " + port.mtu() + " of port " + port.name());
        }
    }

    private void checkLinks(Vpn vpn) {
        Set<String> routers = vpn.routers().stream().map(Router::name).collect(Collectors.toSet());
        for (Link link : vpn.links()) {
            for (LinkEnd end : List.of(link.a(), link.b())) {
                YamlNode.Mapping mapping = origins.of(end);
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
