package io.vireo.control.node.routing.frr;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.Attachment;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Routing;
import io.vireo.control.model.Routing.BgpNeighbor;
import io.vireo.control.model.Routing.OspfInterface;
import io.vireo.control.model.Routing.Part;
import io.vireo.control.model.Routing.RipTimers;
import io.vireo.control.model.Routing.Source;
import io.vireo.control.model.Routing.Speaker;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.RouterPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes what each of FRR's daemons is to do for a router. Whatever comes from the document is a name without blanks, an address or a
 * number by then, so that no line of it can become two; a password is checked for that where it is read.
 */
final class FrrConfiguration {
    private static final String LOOPBACK = "lo";

    /** Seconds after which BGP tries again; FRR's 120 would be a long time to wait for a neighbour that starts with this router. */
    private static final int CONNECT_SECONDS = 5;

    private final RouterPlan router;
    private final Routing routing;
    private final Map<Path, String> passwords;

    /** @param passwords what is in the files that the neighbours of BGP name */
    FrrConfiguration(RouterPlan router, Map<Path, String> passwords) {
        this.router = router;
        this.routing = Objects.requireNonNull(router.routing(), "a router that speaks a protocol");
        this.passwords = passwords;
    }

    /** Of zebra and bfdd nothing needs to be said: sessions of BFD are asked for by the others. */
    Statements of(FrrDaemon daemon) {
        Statements statements = new Statements();
        switch (routing.speaker()) {
            case Speaker.Ospf ospf when daemon == FrrDaemon.OSPFD -> ospf(statements, ospf, OspfWords.V2);
            case Speaker.Ospf ospf when daemon == FrrDaemon.OSPF6D -> ospf(statements, ospf, OspfWords.V3);
            case Speaker.Rip rip when daemon == FrrDaemon.RIPD -> rip(statements, rip, AddressFamily.IPV4);
            case Speaker.Rip rip when daemon == FrrDaemon.RIPNGD -> rip(statements, rip, AddressFamily.IPV6);
            case Speaker.Bgp bgp when daemon == FrrDaemon.BGPD -> bgp(statements, bgp);
            default -> {}
        }
        return statements;
    }

    private record OspfWords(AddressFamily family, String ofInterface, String block, String routerId) {
        static final OspfWords V2 = new OspfWords(AddressFamily.IPV4, "ip ospf ", "router ospf", "ospf router-id ");
        static final OspfWords V3 =
                new OspfWords(AddressFamily.IPV6, "ipv6 ospf6 ", "router ospf6", "ospf6 router-id ");
    }

    private void ospf(Statements statements, Speaker.Ospf ospf, OspfWords words) {
        Map<String, OspfInterface> settings = new HashMap<>();
        ospf.interfaces().forEach(each -> settings.put(deviceOf(each.name()), each));
        for (Device each : devices(words.family())) {
            OspfInterface usual = new OspfInterface(
                    each.device(),
                    null,
                    null,
                    Part.ACTIVE,
                    Limits.DEFAULT_HELLO_SECONDS,
                    Limits.DEFAULT_HELLO_SECONDS * Limits.HELLOS_UNTIL_DEAD,
                    null);
            ospfInterface(statements, ospf, words, each, settings.getOrDefault(each.device(), usual));
        }
        List<String> path = List.of(words.block());
        statements.add(path, words.routerId() + routerId());
        if (words.family() == AddressFamily.IPV4) {
            // As an adjacency comes up the second instance of a router's LSA is right behind the first. Dropped for RFC
            // 2328's MinLSArrival, a
            // second, it would be sent again after five or ten: so long nobody would know the new link. Floods are the
            // punt limit's business.
            statements.add(path, "timers lsa min-arrival 0");
        }
        redistribute(statements, path);
    }

    private void ospfInterface(
            Statements statements, Speaker.Ospf ospf, OspfWords words, Device each, OspfInterface settings) {
        if (settings.part() == Part.EXCLUDED) {
            return;
        }
        List<String> path = List.of("interface " + each.device());
        Long area = settings.area();
        statements.add(path, words.ofInterface() + "area " + dotted(area == null ? ospf.area() : area));
        if (settings.cost() != null) {
            statements.add(path, words.ofInterface() + "cost " + settings.cost());
        }
        if (settings.part() == Part.PASSIVE || each.isLoopback()) {
            statements.add(path, words.ofInterface() + "passive");
            return;
        }
        Boolean said = settings.pointToPoint();
        boolean pointToPoint = said == null ? each.isPointToPoint() : said;
        statements.add(path, words.ofInterface() + "network " + (pointToPoint ? "point-to-point" : "broadcast"));
        statements.add(path, words.ofInterface() + "hello-interval " + settings.helloSeconds());
        statements.add(path, words.ofInterface() + "dead-interval " + settings.deadSeconds());
        if (routing.bfd()) {
            statements.add(path, words.ofInterface() + "bfd");
        }
    }

    private void rip(Statements statements, Speaker.Rip rip, AddressFamily family) {
        Map<String, Part> parts = new HashMap<>();
        rip.interfaces().forEach(each -> parts.put(deviceOf(each.name()), each.part()));
        List<String> path = List.of(family == AddressFamily.IPV4 ? "router rip" : "router ripng");
        if (family == AddressFamily.IPV4) {
            statements.add(path, "version 2");
        }
        RipTimers timers = rip.timers();
        statements.add(
                path,
                "timers basic " + timers.updateSeconds() + " " + timers.timeoutSeconds() + " "
                        + timers.garbageSeconds());
        redistribute(statements, path);
        for (Device each : devices(family)) {
            Part part = parts.getOrDefault(each.device(), Part.ACTIVE);
            if (part != Part.EXCLUDED) {
                statements.add(path, "network " + each.device());
            }
            if (part == Part.PASSIVE || (part == Part.ACTIVE && each.isLoopback())) {
                statements.add(path, "passive-interface " + each.device());
            }
        }
    }

    private void bgp(Statements statements, Speaker.Bgp bgp) {
        List<String> path = List.of("router bgp " + bgp.asn());
        statements.add(path, "bgp router-id " + routerId());
        // Without policies of its own the node announces what the document says, to all that it names: RFC 8212 would
        // have it say nothing.
        statements.add(path, "no bgp ebgp-requires-policy");
        statements.add(path, "no bgp default ipv4-unicast");
        statements.add(path, "no bgp network import-check");
        for (BgpNeighbor neighbor : bgp.neighbors()) {
            String subject = "neighbor " + neighbor.address() + " ";
            statements.add(path, subject + "remote-as " + neighbor.remoteAsn());
            statements.add(path, subject + "timers connect " + CONNECT_SECONDS);
            if (neighbor.passwordFile() != null) {
                statements.add(path, subject + "password " + passwords.get(neighbor.passwordFile()));
            }
            if (routing.bfd()) {
                statements.add(path, subject + "bfd");
            }
        }
        for (AddressFamily family : routing.orderedFamilies()) {
            String block = "address-family " + (family == AddressFamily.IPV4 ? "ipv4" : "ipv6") + " unicast";
            bgpFamily(statements, bgp, family, List.of(path.getFirst(), block));
        }
    }

    private void bgpFamily(Statements statements, Speaker.Bgp bgp, AddressFamily family, List<String> path) {
        for (IpPrefix network : bgp.networks()) {
            if (network.network().family() == family) {
                statements.add(path, "network " + network);
            }
        }
        redistribute(statements, path);
        for (BgpNeighbor neighbor : bgp.neighbors()) {
            if (neighbor.address().family() == family) {
                statements.add(path, "neighbor " + neighbor.address() + " activate");
            }
        }
    }

    /** The routes of the document are the kernel's to FRR: the node has installed them. */
    private void redistribute(Statements statements, List<String> path) {
        for (Source source : routing.redistribute().stream().sorted().toList()) {
            statements.add(path, "redistribute " + (source == Source.CONNECTED ? "connected" : "kernel"));
        }
    }

    /** A device of the namespace. */
    private record Device(String device, boolean isLoopback, boolean isPointToPoint) {}

    /** Those that have something to do with a family: all that carry packets have a link-local address of IPv6. */
    private List<Device> devices(AddressFamily family) {
        List<Device> devices = new ArrayList<>();
        for (InterfacePlan each : router.interfaces()) {
            if (family == AddressFamily.IPV6 || hasAddress(each.addresses(), family)) {
                devices.add(new Device(each.name(), false, !(each.attachment() instanceof Attachment.Access)));
            }
        }
        if (hasAddress(router.loopbackAddresses(), family)) {
            devices.add(new Device(LOOPBACK, true, false));
        }
        return devices;
    }

    private static boolean hasAddress(List<InterfaceAddress> addresses, AddressFamily family) {
        return addresses.stream().anyMatch(each -> each.address().family() == family);
    }

    /** Loopbacks of the document, whatever they are called, are one device. */
    private String deviceOf(String interfaceName) {
        return router.interfaces().stream().anyMatch(each -> each.name().equals(interfaceName))
                ? interfaceName
                : LOOPBACK;
    }

    private IpAddress routerId() {
        IpAddress said = routing.routerId();
        if (said != null) {
            return said;
        }
        return lowest(router.loopbackAddresses().stream())
                .or(() -> lowest(router.interfaces().stream().flatMap(each -> each.addresses().stream())))
                .orElseThrow(
                        () -> new IllegalStateException("the document's check finds a router without an identity"));
    }

    private static Optional<IpAddress> lowest(Stream<InterfaceAddress> addresses) {
        return addresses
                .map(InterfaceAddress::address)
                .filter(each -> each.family() == AddressFamily.IPV4)
                .min(Comparator.naturalOrder());
    }

    private static String dotted(long area) {
        return IpAddress.ofIpv4((int) area).toString();
    }
}
