package io.vireo.control.node.routing.frr;

import io.vireo.control.view.RoutingStatus.Learned;
import io.vireo.control.view.RoutingStatus.Neighbour;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what FRR's daemons say of themselves: JSON where frr 8.4 has it, else the table it prints. What is not understood is left out. */
final class FrrObserver {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Types of zebra's routes that no protocol has brought. */
    private static final Set<String> OWN = Set.of("kernel", "connected", "local", "static");

    /** A line beneath "Routing Information Sources": gateway, two counts, distance, time of the last update. */
    private static final Pattern RIP_SOURCE =
            Pattern.compile("\\s+([0-9a-f.:]+)\\s+[0-9]+\\s+[0-9]+\\s+[0-9]+\\s+[0-9:]+\\s*");

    private FrrObserver() {}

    /** {@code show ip ospf neighbor json}: by router, a list each. */
    static List<Neighbour> ospf(String json) {
        List<Neighbour> neighbours = new ArrayList<>();
        for (JsonNode router : read(json).path("neighbors")) {
            for (JsonNode each : router) {
                String state = each.path("nbrState").asString(each.path("state").asString(""));
                neighbours.add(new Neighbour(
                        "ospf",
                        each.path("ifaceAddress").asString(each.path("address").asString("")),
                        ofInterface(each.path("ifaceName").asString("")),
                        state,
                        state.startsWith("Full")));
            }
        }
        return neighbours;
    }

    /** The name is followed by the address of this end. */
    private static String ofInterface(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    /** {@code show ipv6 ospf6 neighbor json}: a list. */
    static List<Neighbour> ospf6(String json) {
        List<Neighbour> neighbours = new ArrayList<>();
        for (JsonNode each : read(json).path("neighbors")) {
            String state = each.path("state").asString("");
            neighbours.add(new Neighbour(
                    "ospf6",
                    each.path("neighborId").asString(""),
                    each.path("interfaceName").asString(""),
                    state,
                    state.equals("Full")));
        }
        return neighbours;
    }

    /** {@code show bgp summary json}: by family, by address. */
    static List<Neighbour> bgp(String json) {
        List<Neighbour> neighbours = new ArrayList<>();
        JsonNode root = read(json);
        for (String family : List.of("ipv4Unicast", "ipv6Unicast")) {
            root.path(family).path("peers").properties().forEach(peer -> {
                String state = peer.getValue().path("state").asString("");
                neighbours.add(new Neighbour("bgp", peer.getKey(), "", state, state.equals("Established")));
            });
        }
        return neighbours;
    }

    /** {@code show bfd peers json}: a list. */
    static List<Neighbour> bfd(String json) {
        List<Neighbour> neighbours = new ArrayList<>();
        for (JsonNode each : read(json)) {
            String state = each.path("status").asString("");
            neighbours.add(new Neighbour(
                    "bfd",
                    each.path("peer").asString(""),
                    each.path("interface").asString(""),
                    state,
                    state.equals("up")));
        }
        return neighbours;
    }

    /** {@code show ip rip status}, {@code show ipv6 ripng status}: those that have sent updates of late. */
    static List<Neighbour> rip(String protocol, String text) {
        return text.lines()
                .map(RIP_SOURCE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Neighbour(protocol, line.group(1), "", "sends updates", true))
                .toList();
    }

    /** {@code show ip route summary json}. */
    static List<Learned> routes(String family, String json) {
        List<Learned> learned = new ArrayList<>();
        for (JsonNode each : read(json).path("routes")) {
            String type = each.path("type").asString("");
            if (!OWN.contains(type)) {
                learned.add(new Learned(
                        type,
                        family,
                        each.path("rib").asLong(0),
                        each.path("fib").asLong(0)));
            }
        }
        return learned;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }
}
