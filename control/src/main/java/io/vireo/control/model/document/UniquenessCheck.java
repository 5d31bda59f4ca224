package io.vireo.control.model.document;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Device;
import io.vireo.control.model.Interface;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Link;
import io.vireo.control.model.LinkEnd;
import io.vireo.control.model.Port;
import io.vireo.control.model.Route;
import io.vireo.control.model.Router;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.SchedulingClass;
import io.vireo.control.model.Vpn;
import io.vireo.control.model.attachment.Attachments;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what may be there once but is there twice, and what is there too often. */
final class UniquenessCheck {
    private final Problems problems;
    private final Origins origins;

    UniquenessCheck(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    void check(Configuration configuration) {
        checkPorts(configuration.ports());
        Map<Object, String> names = new HashMap<>();
        Map<Object, String> ids = new HashMap<>();
        Map<Object, String> namespaces = new HashMap<>();
        InterfaceChecks attachments = new InterfaceChecks(configuration, problems, origins);
        new SubstrateCheck(problems, origins).checkUnique(configuration, attachments);
        configuration
                .substrate()
                .crossings()
                .forEach(crossing -> crossing.ends().forEach(this::checkClassNames));
        for (Vpn vpn : configuration.vpns()) {
            once(names, vpn.name(), vpn, "name", "is the name of another VPN");
            once(ids, vpn.id(), vpn, "id", "is the VPN-ID of another VPN");
            checkRouters(vpn, namespaces, attachments);
            checkLinkNames(vpn.links());
        }
        checkCounts(configuration);
    }

    private void checkPorts(List<Port> ports) {
        Map<Object, String> names = new HashMap<>();
        Map<Object, String> devices = new HashMap<>();
        for (Port port : ports) {
            once(names, port.name(), port, "name", "is the name of another port");
            // Null devices are made of nothing, and there is enough of that for every port.
            if (!(port.device() instanceof Device.Null)) {
                once(devices, deviceOf(port.device()), port, "device", "is the device of another port");
            }
        }
    }

    /** What must not be given to two ports: of a virtual device the name that DPDK knows it by. */
    private static String deviceOf(Device device) {
        String text = device.toString();
        int arguments = text.indexOf(',');
        return device instanceof Device.Vdev && arguments >= 0 ? text.substring(0, arguments) : text;
    }

    private void checkRouters(Vpn vpn, Map<Object, String> namespaces, InterfaceChecks attachments) {
        Map<Object, String> routers = new HashMap<>();
        Map<Object, String> interfaces = new HashMap<>();
        for (Router router : vpn.routers()) {
            if (once(routers, router.name(), router, "name", "is the name of another router of this VPN")) {
                // a-b/c and a/b-c would share the namespace vireo-a-b-c.
                once(namespaces, vpn.name() + "-" + router.name(), router, "name", "would share the network namespace");
            }
            RouterPath path = new RouterPath(vpn.name(), router.name());
            for (Interface face : router.interfaces()) {
                once(interfaces, router.name() + "/" + face.name(), face, "name", "is the name of another interface");
                Attachments.featureOf(face.attachment()).checkUnique(path, face, attachments);
                checkClassNames(face);
            }
            Map<Object, String> prefixes = new HashMap<>();
            for (Route route : router.routes()) {
                IpPrefix prefix = route.prefix();
                once(prefixes, prefix, route, "prefix", "is the destination of another route");
            }
        }
        for (Link link : vpn.links()) {
            for (LinkEnd end : List.of(link.a(), link.b())) {
                once(
                        interfaces,
                        end.router() + "/" + end.interfaceName(),
                        end,
                        "interface",
                        "is the name of another interface");
            }
        }
    }

    private void checkClassNames(Interface face) {
        if (face.scheduling() != null) {
            Map<Object, String> names = new HashMap<>();
            for (SchedulingClass element : face.scheduling().classes()) {
                once(names, element.name(), element, "name", "is the name of another class of this interface");
            }
        }
    }

    private void checkLinkNames(List<Link> links) {
        Map<Object, String> names = new HashMap<>();
        for (Link link : links) {
            once(names, link.name(), link, "name", "is the name of another link of this VPN");
        }
    }

    private void checkCounts(Configuration configuration) {
        long routers = configuration.vpns().stream()
                .mapToLong(vpn -> vpn.routers().size())
                .sum();
        YamlNode.Mapping root = origins.of(configuration);
        if (configuration.ports().size() > Limits.MAX_PORTS) {
            problems.add(root, "ports", "has more than " + Limits.MAX_PORTS + " ports");
        }
        if (routers > Limits.DEFAULT_MAX_ROUTERS) {
            problems.add(root, "vpns", "has " + routers + " routers; a node has at most " + Limits.DEFAULT_MAX_ROUTERS);
        }
    }

    /** Whether {@code key} is new; otherwise says so, and where it was seen before. */
    private boolean once(Map<Object, String> seen, Object key, Object element, String field, String reason) {
        YamlNode.Mapping mapping = origins.of(element);
        String before = seen.putIfAbsent(key, mapping.pathOf(field));
        if (before != null && !before.equals(mapping.pathOf(field))) {
            problems.add(mapping, field, reason + ", see " + before);
        }
        return before == null;
    }
}
