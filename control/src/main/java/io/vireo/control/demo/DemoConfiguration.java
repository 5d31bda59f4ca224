package io.vireo.control.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * The demo's network: its hosts, and the configuration of Vireo between them.
 *
 * <p>blue (101) and red (102) have the same addresses: h1 10.0.1.2 and h2 10.0.2.2, and the same in IPv6, with one virtual
 * router each. Behind blue's third interface stands an FRR neighbour. chain (103) is {@value #CHAIN_ROUTERS} virtual
 * routers in a row, joined by virtual links, with a host at each end.
 */
final class DemoConfiguration {
    static final int CHAIN_ROUTERS = 32;

    private static final int BLUE_ID = 101;
    private static final int RED_ID = 102;
    private static final int CHAIN_ID = 103;

    private final List<String> lines = new ArrayList<>();

    /** Puts the hosts into the lab. */
    static void addHosts(Lab lab) {
        for (String vpn : List.of("blue", "red")) {
            char letter = vpn.charAt(0);
            lab.add(vpn + "-h1", host(vpn + "-h1", letter + "h1", "10.0.1", "2001:db8:1:"));
            lab.add(vpn + "-h2", host(vpn + "-h2", letter + "h2", "10.0.2", "2001:db8:2:"));
        }
        lab.add("blue-frr", host("blue-frr", "bfrr", "10.0.3", "2001:db8:3:"));
        lab.add("chain-a", host("chain-a", "ca", "10.1.1", "2001:db8:a:"));
        lab.add("chain-b", host("chain-b", "cb", "10.1.2", "2001:db8:b:"));
    }

    /** The hosts on the way through the chain, from a to b: one address per router, then the destination. */
    static List<String> chainHops() {
        List<String> hops = new ArrayList<>(List.of("10.1.1.1"));
        for (int link = 1; link < CHAIN_ROUTERS; link++) {
            hops.add("10.2." + link + ".2");
        }
        hops.add("10.1.2.2");
        return hops;
    }

    /** The configuration as YAML. */
    static String yaml() {
        DemoConfiguration configuration = new DemoConfiguration();
        configuration.ports();
        configuration.lines.add("vpns:");
        configuration.customer(
                "blue", BLUE_ID, "          - {name: n1, port: bfrr, addresses: [10.0.3.1/24, \"2001:db8:3::1/64\"]}");
        configuration.customer("red", RED_ID, "          - {name: lo, loopback: true, addresses: [192.0.2.1/32]}");
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
        for (String port : List.of("bh1", "bh2", "rh1", "rh2", "bfrr", "ca", "cb")) {
            lines.add("  - {name: " + port + ", device: \"af_packet:vd-" + port + "\"}");
        }
    }

    private void customer(String name, int id, String thirdInterface) {
        char letter = name.charAt(0);
        lines.add("  - name: " + name);
        lines.add("    id: " + id);
        lines.add("    routers:");
        lines.add("      - name: r1");
        lines.add("        interfaces:");
        lines.add("          - {name: h1, port: " + letter + "h1, addresses: [10.0.1.1/24, \"2001:db8:1::1/64\"]}");
        lines.add("          - {name: h2, port: " + letter + "h2, addresses: [10.0.2.1/24, \"2001:db8:2::1/64\"]}");
        lines.add(thirdInterface);
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
