package io.vireo.control.model.attachment.feature;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Port;
import io.vireo.control.model.Router;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.Vpn;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration around an attachment that is being checked, and where problems with it are reported. */
public final class InterfaceChecks {
    private final Problems problems;
    private final Origins origins;
    private final Map<String, Port> ports = new HashMap<>();
    private final Map<RouterPath, List<Interface>> interfaces = new HashMap<>();
    private final Map<String, Long> vpnIds = new HashMap<>();
    private final Map<Object, String> seen = new HashMap<>();

    public InterfaceChecks(Configuration configuration, Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
        configuration.ports().forEach(port -> ports.putIfAbsent(port.name(), port));
        for (Vpn vpn : configuration.vpns()) {
            vpnIds.putIfAbsent(vpn.name(), vpn.id());
            for (Router router : vpn.routers()) {
                interfaces.putIfAbsent(new RouterPath(vpn.name(), router.name()), vpn.interfacesOf(router));
            }
        }
    }

    /** A port of this node, or null. */
    public @Nullable Port port(String name) {
        return ports.get(name);
    }

    /** The id of the VPN of a router of this node. */
    public long vpnId(RouterPath router) {
        Long vpnId = vpnIds.get(router.vpn());
        if (vpnId == null) {
            throw new IllegalArgumentException("there is no VPN " + router.vpn());
        }
        return vpnId;
    }

    /** All interfaces of a router of this node, or null when there is no such router. */
    public @Nullable List<Interface> interfacesOf(RouterPath router) {
        return interfaces.get(router);
    }

    /** Reports something wrong with a field of what {@code element} was read from. */
    public void problem(Object element, String field, String reason) {
        problems.add(origins.of(element), field, reason);
    }

    /** Reports a {@code key} that was seen before, and where. */
    public void once(Object key, Object element, String field, String reason) {
        YamlNode.Mapping mapping = origins.of(element);
        String before = seen.putIfAbsent(key, mapping.pathOf(field));
        if (before != null) {
            problems.add(mapping, field, reason + ", see " + before);
        }
    }
}
