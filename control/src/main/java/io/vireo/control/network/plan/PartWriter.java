package io.vireo.control.network.plan;

import io.vireo.control.model.document.yaml.YamlWriter;
import io.vireo.control.network.model.NetworkDocument;
import io.vireo.control.network.model.NetworkLink;
import io.vireo.control.network.model.NetworkLink.PortEnd;
import io.vireo.control.network.model.NetworkNode;
import io.vireo.control.network.model.NetworkVpn;
import io.vireo.control.network.model.NetworkVpn.NetworkRouter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the part of each node. One thread, used once. */
final class PartWriter {
    private final NetworkDocument document;
    private final Map<String, String> places;
    private final List<RoutedLink> links;
    private final Map<String, List<RoutedLink>> linksOfVpns;
    private final Allocations allocations;

    PartWriter(NetworkDocument document, Map<String, String> places, List<RoutedLink> links, Allocations allocations) {
        this.document = document;
        this.places = places;
        this.links = links;
        linksOfVpns =
                links.stream().collect(Collectors.groupingBy(link -> link.vpn().name()));
        this.allocations = allocations;
        document.vpns().stream()
                .filter(vpn -> vpn.id() != null)
                .forEach(vpn -> allocations.reserve("vpn", Math.toIntExact(Math.min(vpn.id(), 1 << 20))));
    }

    /** Configuration documents by the nodes' names. */
    Map<String, String> write() {
        Map<String, String> parts = new TreeMap<>();
        for (NetworkNode node : document.nodes()) {
            parts.put(node.name(), YamlWriter.write(part(node)));
        }
        return parts;
    }

    private Map<String, Object> part(NetworkNode node) {
        Map<String, Object> part = new LinkedHashMap<>(node.configuration());
        part.put("ports", ports(node));
        List<Object> substrate = new ArrayList<>();
        for (NetworkLink link : document.links()) {
            PortEnd end = link.at(node.name());
            if (end != null) {
                substrate.add(substrateLink(link, end));
            }
        }
        List<Object> crossings = new ArrayList<>();
        links.forEach(link -> addCrossing(node.name(), link, crossings));
        if (!substrate.isEmpty()) {
            part.put("substrate", fields("links", substrate, "crossings", crossings.isEmpty() ? null : crossings));
        }
        List<Object> vpns = listOf(node.configuration().get("vpns"));
        for (NetworkVpn vpn : document.vpns()) {
            addVpn(node.name(), vpn, vpns);
        }
        if (!vpns.isEmpty()) {
            part.put("vpns", vpns);
        }
        return part;
    }

    /** A port at a substrate link is shaped to the link's rate unless it says another one: guarantees need a root. */
    private List<Object> ports(NetworkNode node) {
        List<Object> ports = new ArrayList<>();
        for (Object port : listOf(node.configuration().get("ports"))) {
            if (port instanceof Map<?, ?> map && !map.containsKey("rate")) {
                Map<String, Object> shaped = new LinkedHashMap<>();
                map.forEach((field, value) -> shaped.put(String.valueOf(field), value));
                document.links().stream()
                        .filter(link -> {
                            PortEnd end = link.at(node.name());
                            return end != null && end.port().equals(map.get("name"));
                        })
                        .mapToLong(NetworkLink::rateBitsPerSecond)
                        .max()
                        .ifPresent(rate -> shaped.put("rate", bits(rate)));
                ports.add(shaped);
            } else {
                ports.add(port);
            }
        }
        return ports;
    }

    private Map<String, Object> substrateLink(NetworkLink link, PortEnd end) {
        int number = allocations.number("substrate", link.name());
        boolean isA = end.equals(link.a());
        return fields(
                "name",
                link.name(),
                "port",
                end.port(),
                "vlan",
                link.vlan(),
                "mac",
                mac(number, isA ? 1 : 2),
                "peerMac",
                mac(number, isA ? 2 : 1));
    }

    /** Locally administered (IEEE 802 §8.2.2), by the link's number. */
    private static String mac(int number, int end) {
        return "02:56:%02x:%02x:%02x:%02x".formatted(number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF, end);
    }

    private void addCrossing(String node, RoutedLink link, List<Object> crossings) {
        String at = link.nodeA();
        for (int i = 0; i + 1 < link.path().size(); i++) {
            at = link.path().get(i).farNode(at);
            if (at.equals(node)) {
                int number = allocations.number("crossing", link.name());
                crossings.add(fields(
                        "name",
                        "v" + number,
                        "a",
                        crossingEnd(link, link.path().get(i)),
                        "b",
                        crossingEnd(link, link.path().get(i + 1))));
            }
        }
    }

    private Map<String, Object> crossingEnd(RoutedLink link, NetworkLink over) {
        return fields("link", over.name(), "id", identifier(link, over), "scheduling", guarantee(link));
    }

    private int identifier(RoutedLink link, NetworkLink over) {
        return allocations.number("link " + over.name(), link.name());
    }

    private static @Nullable Map<String, Object> guarantee(RoutedLink link) {
        long rate = link.link().rateBitsPerSecond();
        return rate == 0 ? null : fields("guarantee", bits(rate));
    }

    private void addVpn(String node, NetworkVpn vpn, List<Object> vpns) {
        List<Object> routers = new ArrayList<>();
        for (NetworkRouter router : vpn.routers()) {
            if (node.equals(places.get(vpn.name() + "/" + router.name()))) {
                routers.add(router(vpn, router));
            }
        }
        if (routers.isEmpty()) {
            return;
        }
        List<Object> inside = new ArrayList<>();
        for (RoutedLink link : ofVpn(vpn)) {
            if (link.path().isEmpty() && link.nodeA().equals(node)) {
                inside.add(fields(
                        "name",
                        link.link().name(),
                        "bandwidth",
                        link.link().rateBitsPerSecond() == 0
                                ? null
                                : bits(link.link().rateBitsPerSecond()),
                        "a",
                        insideEnd(link, link.link().a(), 1),
                        "b",
                        insideEnd(link, link.link().b(), 2)));
            }
        }
        Long id = vpn.id();
        vpns.add(fields(
                "name",
                vpn.name(),
                "id",
                id == null ? (long) allocations.number("vpn", vpn.name()) : id,
                "routers",
                routers,
                "links",
                inside.isEmpty() ? null : inside));
    }

    private List<RoutedLink> ofVpn(NetworkVpn vpn) {
        return linksOfVpns.getOrDefault(vpn.name(), List.of());
    }

    private Map<String, Object> insideEnd(RoutedLink link, String router, int end) {
        return fields("router", router, "interface", link.link().name(), "addresses", addresses(link, end));
    }

    private Map<String, Object> router(NetworkVpn vpn, NetworkRouter router) {
        List<Object> interfaces = listOf(router.configuration().get("interfaces"));
        for (RoutedLink link : ofVpn(vpn)) {
            boolean isA = link.link().a().equals(router.name());
            boolean isEnd = isA || link.link().b().equals(router.name());
            if (isEnd && !link.path().isEmpty()) {
                NetworkLink over = isA ? link.path().getFirst() : link.path().getLast();
                interfaces.add(fields(
                        "name",
                        link.link().name(),
                        "encapsulation",
                        fields("substrate", fields("link", over.name(), "id", identifier(link, over))),
                        "addresses",
                        addresses(link, isA ? 1 : 2),
                        "scheduling",
                        guarantee(link)));
            }
        }
        Map<String, Object> written = fields("name", router.name());
        written.putAll(router.configuration());
        written.put("interfaces", interfaces);
        return written;
    }

    /** Of 100.64.0.0/10 (RFC 6598), four to a link: a VPN's own, so each VPN has all of it. */
    private List<String> addresses(RoutedLink link, int end) {
        int address = (100 << 24 | 64 << 16)
                + 4
                        * (allocations.number(
                                        "address " + link.vpn().name(),
                                        link.link().name())
                                - 1)
                + end;
        return List.of("%d.%d.%d.%d/30"
                .formatted(address >>> 24, address >>> 16 & 0xFF, address >>> 8 & 0xFF, address & 0xFF));
    }

    private static String bits(long bitsPerSecond) {
        return bitsPerSecond + "bit";
    }

    private static List<Object> listOf(@Nullable Object value) {
        return value instanceof List<?> list ? new ArrayList<>(list) : new ArrayList<>();
    }

    /** Fields in that order, without those that have no value. */
    private static Map<String, Object> fields(@Nullable Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
            }
        }
        return fields;
    }
}
