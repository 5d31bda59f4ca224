package io.vireo.control.node;

import io.vireo.control.model.AdminState;
import io.vireo.control.model.Attachment;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Device;
import io.vireo.control.model.Ecmp;
import io.vireo.control.model.Interface;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Link;
import io.vireo.control.model.LinkEnd;
import io.vireo.control.model.Port;
import io.vireo.control.model.PuntLimit;
import io.vireo.control.model.Route;
import io.vireo.control.model.Router;
import io.vireo.control.model.StaticRouteKind;
import io.vireo.control.model.Substrate;
import io.vireo.control.model.Vpn;
import java.util.Arrays;
import java.util.List;

/** Short ways to write configurations. */
final class Configurations {
    private Configurations() {}

    static Port port(String name, String device) {
        return new Port(
                name,
                Device.parse(device),
                1,
                Limits.DEFAULT_DESCRIPTORS,
                Limits.DEFAULT_MTU,
                null,
                Limits.DEFAULT_OVERHEAD_BYTES);
    }

    static Interface access(String name, String port, int vlan, String... addresses) {
        return plain(name, new Attachment.Access(port, vlan), addresses);
    }

    static Interface loopback(String name, String... addresses) {
        return plain(name, new Attachment.Loopback(), addresses);
    }

    private static Interface plain(String name, Attachment attachment, String... addresses) {
        return new Interface(
                name,
                attachment,
                Limits.DEFAULT_MTU,
                false,
                null,
                addresses(addresses),
                AdminState.UP,
                null,
                null,
                null);
    }

    static Route via(String prefix, String gateway) {
        return new Route(
                IpPrefix.parse(prefix), StaticRouteKind.UNICAST, List.of(IpAddress.parse(gateway)), null, false);
    }

    static Router router(String name, List<Interface> interfaces, Route... routes) {
        return new Router(name, new PuntLimit(10_000, 1_000), interfaces, List.of(routes));
    }

    static Link link(String name, LinkEnd a, LinkEnd b) {
        return new Link(name, a, b, Limits.DEFAULT_MTU, null, null);
    }

    static LinkEnd end(String router, String interfaceName, String... addresses) {
        return new LinkEnd(router, interfaceName, null, addresses(addresses), AdminState.UP, null);
    }

    static Vpn vpn(String name, long id, List<Router> routers, Link... links) {
        return new Vpn(name, id, null, routers, List.of(links));
    }

    static Configuration configuration(List<Port> ports, Vpn... vpns) {
        return new Configuration(null, Ecmp.DEFAULT, ports, Substrate.NONE, List.of(vpns));
    }

    private static List<InterfaceAddress> addresses(String... addresses) {
        return Arrays.stream(addresses).map(InterfaceAddress::parse).toList();
    }
}
