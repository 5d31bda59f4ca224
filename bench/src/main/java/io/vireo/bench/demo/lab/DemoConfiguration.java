package io.vireo.bench.demo.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The demo's network: its hosts, and the configuration of Vireo between them.
 *
 * <p>blue (101) and red (102) have the same addresses: h1 10.0.1.2 and h2 10.0.2.2, and the same in IPv6, with one virtual
 * router each. Behind blue's third interface stands an FRR neighbour.
 *
 * <p>Both have a second site, router r2 with host h3, 10.0.4.2, and share the line to it: a wire between two ports of the
 * node, a VLAN each, shaped to {@value #LINE_RATE} from r1 to r2, of which blue is guaranteed {@value #BLUE_RATE} and red
 * {@value #RED_RATE}. Vireo stands at both ends, so that the hosts need no VLAN devices, which not every kernel has.
 *
 * <p>chain (103) is {@value #CHAIN_ROUTERS} virtual
 * routers in a row, joined by virtual links, with a host at each end.
 */
public final class DemoConfiguration {
    static final int CHAIN_ROUTERS = 32;
    static final String LINE_RATE = "50Mbit";
    static final String BLUE_RATE = "30Mbit";
    static final String RED_RATE = "20Mbit";

    /** The longest delay that is guaranteed to a voice packet, not counting one packet that is on the line already. */
    public static final Duration VOICE_DELAY = Duration.ofMillis(5);

    /** Where a voice packet is known by: expedited forwarding, RFC 3246. */
    public static final int VOICE_DSCP = 46;

    private static final int BLUE_VLAN = 10;
    private static final int RED_VLAN = 20;

    private static final int BLUE_ID = 101;
    private static final int RED_ID = 102;
    private static final int CHAIN_ID = 103;

    private final List<String> lines = new ArrayList<>();

    /** Puts the hosts into the lab. */
    public static void addHosts(Lab lab) {
        for (String vpn : List.of("blue", "red")) {
            char letter = vpn.charAt(0);
            lab.add(vpn + "-h1", host(vpn + "-h1", letter + "h1", "10.0.1", "2001:db8:1:"));
            lab.add(vpn + "-h2", host(vpn + "-h2", letter + "h2", "10.0.2", "2001:db8:2:"));
            lab.add(vpn + "-h3", host(vpn + "-h3", letter + "h3", "10.0.4", "2001:db8:4:"));
        }
        lab.add(new Veth("vd-la", "vd-lb"));
        lab.add("blue-frr", host("blue-frr", "bfrr", "10.0.3", "2001:db8:3:"));
        lab.add("chain-a", host("chain-a", "ca", "10.1.1", "2001:db8:a:"));
        lab.add("chain-b", host("chain-b", "cb", "10.1.2", "2001:db8:b:"));
    }

    /** The routers on the path through the chain, from a to b: one address per router, then the destination. */
    public static List<String> chainHops() {
        List<String> hops = new ArrayList<>(List.of("10.1.1.1"));
        for (int link = 1; link < CHAIN_ROUTERS; link++) {
            hops.add("10.2." + link + ".2");
        }
        hops.add("10.1.2.2");
        return hops;
    }

    /** The configuration as YAML. */
    public static String yaml() {
        DemoConfiguration configuration = new DemoConfiguration();
        configuration.ports();
        configuration.lines.add("vpns:");
        configuration.customer(
                "blue",
                BLUE_ID,
                BLUE_VLAN,
                "          - {name: n1, port: bfrr, addresses: [10.0.3.1/24, \"2001:db8:3::1/64\"]}",
                "            scheduling:",
                "              guarantee: " + BLUE_RATE,
                "              default: bulk",
                "              classes:",
                "                - {name: voice, rt: {packet: 300, delay: " + VOICE_DELAY.toMillis()
                        + "ms, rate: 1Mbit}, match: [{dscp: " + VOICE_DSCP + "}]}",
                "                - {name: bulk}");
        configuration.customer(
                "red",
                RED_ID,
                RED_VLAN,
                "          - {name: lo, loopback: true, addresses: [192.0.2.1/32]}",
                "            scheduling: {guarantee: " + RED_RATE + "}");
        configuration.chain();
        return String.join("\n", configuration.lines) + "\n";
    }

    private static Host host(String name, String port, String network4, String network6) {
        return new Host(
                "demo-" + name,
                "vd-" + port,
                List.of(network4 + ".2/24", network6 + ":2/64"),
                List.of(network4 + ".1", network6 + ":1"));
    }

    private void ports() {
        lines.add("node: " + DemoNode.NAME);
        lines.add("ports:");
        for (String port : List.of("bh1", "bh2", "bh3", "rh1", "rh2", "rh3", "bfrr", "ca", "cb", "lb")) {
            lines.add("  - {name: " + port + ", device: \"af_packet:vd-" + port + "\"}");
        }
        lines.add("  - {name: la, device: \"af_packet:vd-la\", rate: " + LINE_RATE + "}");
    }

    /** @param scheduling of the interface to the line */
    private void customer(String name, int id, int vlan, String thirdInterface, String... scheduling) {
        char letter = name.charAt(0);
        lines.add("  - name: " + name);
        lines.add("    id: " + id);
        lines.add("    routers:");
        lines.add("      - name: r1");
        lines.add("        interfaces:");
        lines.add("          - {name: h1, port: " + letter + "h1, addresses: [10.0.1.1/24, \"2001:db8:1::1/64\"]}");
        lines.add("          - {name: h2, port: " + letter + "h2, addresses: [10.0.2.1/24, \"2001:db8:2::1/64\"]}");
        lines.add(thirdInterface);
        lines.add("          - name: line");
        lines.add("            port: la");
        lines.add("            vlan: " + vlan);
        lines.add("            addresses: [10.0.9.1/30]");
        lines.addAll(List.of(scheduling));
        lines.add("        routes: [{prefix: 10.0.4.0/24, via: 10.0.9.2}]");
        lines.add("      - name: r2");
        lines.add("        interfaces:");
        lines.add("          - {name: line, port: lb, vlan: " + vlan + ", addresses: [10.0.9.2/30]}");
        lines.add("          - {name: h3, port: " + letter + "h3, addresses: [10.0.4.1/24, \"2001:db8:4::1/64\"]}");
        lines.add("        routes: [{prefix: 10.0.1.0/24, via: 10.0.9.1}]");
    }

    private void chain() {
        lines.add("  - name: chain");
        lines.add("    id: " + CHAIN_ID);
        lines.add("    routers:");
        for (int router = 1; router <= CHAIN_ROUTERS; router++) {
            chainRouter(router);
        }
        lines.add("    links:");
        for (int link = 1; link < CHAIN_ROUTERS; link++) {
            lines.add(
                    "      - {name: l%d, a: {router: r%d, interface: right, addresses: [10.2.%d.1/30]}, b: {router: r%d, interface: left, addresses: [10.2.%d.2/30]}}"
                            .formatted(link, link, link, link + 1, link));
        }
    }

    /** Router n has 10.2.n.1 on its right and 10.2.(n-1).2 on its left; the ends have a host instead. */
    private void chainRouter(int router) {
        lines.add("      - name: r" + router);
        if (router == 1) {
            lines.add("        interfaces: [{name: host, port: ca, addresses: [10.1.1.1/24]}]");
        } else if (router == CHAIN_ROUTERS) {
            lines.add("        interfaces: [{name: host, port: cb, addresses: [10.1.2.1/24]}]");
        }
        lines.add("        routes:");
        if (router < CHAIN_ROUTERS) {
            lines.add("          - {prefix: 10.1.2.0/24, via: 10.2." + router + ".2}");
        }
        if (router > 1) {
            lines.add("          - {prefix: 10.1.1.0/24, via: 10.2." + (router - 1) + ".1}");
        }
    }
}
