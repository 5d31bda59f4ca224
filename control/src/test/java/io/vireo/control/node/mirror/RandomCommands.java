package io.vireo.control.node.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random commands of iproute2's for a namespace with the interfaces h1, h2 and h3, which the data plane knows, and w1, which it
 * does not, whose other ends are p1, p2, p3 and w2. Few names and numbers, so that commands meet what others left behind.
 */
final class RandomCommands {
    /** How many in a thousand commands are each kind; the rest concern routes. */
    private static final int ADDRESSES = 60;

    private static final int LINKS = 40;
    private static final int NEIGHBOURS = 50;
    private static final int RULES = 30;
    private static final int NEXT_HOPS = 150;

    private static final List<String> PREFIXES4 = List.of(
            "default",
            "10.0.0.0/8",
            "10.1.0.0/16",
            "10.9.0.0/16",
            "10.9.8.0/24",
            "10.9.8.0/25",
            "10.9.8.7/32",
            "10.2.0.128/25",
            "10.2.0.9/32",
            "20.0.0.0/8",
            "20.1.0.0/16",
            "20.1.2.0/23",
            "240.1.0.0/16");
    private static final List<String> PREFIXES6 = List.of(
            "default",
            "2001:db8::/32",
            "2001:db8:9::/48",
            "2001:db8:9:8::/64",
            "2001:db8:9:8::7/128",
            "2001:db8:9:8::/65",
            "2001:db8:2:0:8000::/65",
            "2001:db8:1::9/128",
            "3000::/8",
            "3001::/16",
            "3001:2::/33");
    private static final List<String> SOURCES6 = List.of("2001:db8:1::/64", "2001:db8::/32", "3001::/16");
    private static final List<String> TYPES = List.of("blackhole", "unreachable", "prohibit", "throw");
    private static final List<String> VERBS =
            List.of("add", "add", "append", "prepend", "change", "replace", "replace");

    private final SplittableRandom random;
    private final boolean isIpv4;
    private final List<String> ruleRemovals = new ArrayList<>();

    RandomCommands(SplittableRandom random, boolean isIpv4) {
        this.random = random;
        this.isIpv4 = isIpv4;
    }

    /** The next command, without the word {@code ip}. */
    String next() {
        int kind = random.nextInt(1000);
        if (kind < ADDRESSES) {
            return address();
        }
        if (kind < ADDRESSES + LINKS) {
            return link();
        }
        if (kind < ADDRESSES + LINKS + NEIGHBOURS) {
            return neighbour();
        }
        if (kind < ADDRESSES + LINKS + NEIGHBOURS + RULES || (!ruleRemovals.isEmpty() && random.nextInt(5) == 0)) {
            return rule();
        }
        if (kind < ADDRESSES + LINKS + NEIGHBOURS + RULES + NEXT_HOPS) {
            return nextHop();
        }
        return random.nextInt(100) < 28 ? routeRemoval() : route();
    }

    private String rule() {
        if (!ruleRemovals.isEmpty()) {
            return ruleRemovals.removeLast();
        }
        if (random.nextInt(6) == 0) {
            ruleRemovals.add("rule add pref 32766 lookup main");
            return "rule del pref 32766";
        }
        String selector = isIpv4
                ? anyOf(
                        "from 172.16.0.0/12",
                        "to 10.9.0.0/16",
                        "to 20.1.0.0/17",
                        "iif h2",
                        "fwmark 5",
                        "iif lo",
                        "not to 10.9.0.0/16")
                : anyOf(
                        "from 2001:db8:1::/64",
                        "to 2001:db8:9::/48",
                        "to 3001:2::/32",
                        "iif h2",
                        "iif lo",
                        "not to 3000::/8");
        String action = anyOf("lookup 100", "lookup 100", "prohibit", "lookup main suppress_prefixlength 8");
        String rule = selector + " " + action + anyOf("", "", " pref 200", " pref 40000");
        ruleRemovals.add("rule del " + rule);
        return "rule add " + rule;
    }

    private String address() {
        String subnet = isIpv4
                ? anyOf(
                        "10.5.0.1/24",
                        "10.5.0.2/24",
                        "10.6.0.1/32",
                        "10.1.0.7/24",
                        "10.9.8.1/26",
                        "10.6.0.1 peer 10.6.0.2",
                        "10.6.0.1 peer 10.9.8.0/25",
                        "10.2.0.1/24")
                : anyOf(
                        "2001:db8:5::1/64",
                        "2001:db8:5::2/64",
                        "2001:db8:6::1/128",
                        "2001:db8:1::7/64",
                        "2001:db8:9:8::1/66",
                        "2001:db8:6::1 peer 2001:db8:6::2",
                        "2001:db8:6::1 peer 2001:db8:9:8::/65",
                        "2001:db8:2::1/64");
        String options = anyOf("", "", "", " noprefixroute", " metric 50", isIpv4 ? " scope link" : " scope site");
        return random.nextInt(5) < 3
                ? "address add " + subnet + " dev " + device() + options
                : "address del " + subnet + " dev " + device();
    }

    private String link() {
        String name = anyOf("h1", "h2", "h3", "p1", "p2", "p3", "w1");
        return "link set " + name
                + anyOf(
                        " down",
                        " up",
                        " up",
                        " up",
                        " mtu 1400",
                        " mtu 9000",
                        " address 02:00:00:00:01:0" + random.nextInt(9));
    }

    private String neighbour() {
        int number = 1 + random.nextInt(3);
        String host = (isIpv4 ? "10." + number + ".0." : "2001:db8:" + number + "::") + (2 + random.nextInt(4));
        String mac = " lladdr 02:00:00:00:00:0" + random.nextInt(9);
        return switch (random.nextInt(5)) {
            case 4 -> "neigh flush dev h" + number;
            case 0 -> "neigh del " + host + " dev h" + number;
            case 1 -> "neigh replace " + host + mac + " dev h" + number + " nud " + anyOf("noarp", "stale", "failed");
            case 2 -> "neigh add proxy " + host + " dev h" + number;
            default -> "neigh replace " + host + mac + " dev h" + number;
        };
    }

    private String nextHop() {
        int id = random.nextInt(10) < 7 ? 1 + random.nextInt(6) : 11 + random.nextInt(3);
        if (random.nextInt(6) == 0) {
            return "nexthop del id " + id;
        }
        String verb = "nexthop " + anyOf("add", "replace", "replace") + " id " + id + " ";
        if (id > 10) {
            String type = anyOf("", "", " type resilient buckets 8", " type resilient buckets 16 idle_timer 1");
            return verb + "group " + member() + (random.nextBoolean() ? "/" + member() : "")
                    + (random.nextInt(3) == 0 ? "/" + member() : "") + type;
        }
        return verb + (random.nextInt(8) == 0 ? "blackhole" : random.nextInt(6) == 0 ? "dev " + device() : gateway());
    }

    private String member() {
        return 1 + random.nextInt(6) + anyOf("", "", ",3", ",7");
    }

    private String route() {
        String verb = "route " + anyOf(VERBS) + " ";
        String prefix = anyOf(isIpv4 ? PREFIXES4 : PREFIXES6);
        return switch (random.nextInt(12)) {
            case 0 -> verb + anyOf(TYPES) + " " + prefix + options();
            case 1, 2 -> verb + prefix + " nhid " + objectId() + options();
            case 3, 4 -> verb + prefix + options() + multipath();
            case 5 -> verb + prefix + " dev " + device() + options();
            case 6 -> verb + unusual(prefix);
            default -> verb + prefix + " " + gateway() + options();
        };
    }

    /** What few operators do. */
    private String unusual(String prefix) {
        if (isIpv4) {
            String beyond = anyOf("10.9.0.0/16", "10.9.8.0/24", "20.0.0.0/8", "20.1.0.0/16", "20.1.2.0/23");
            return anyOf(
                    "tos 0x10 " + prefix + " " + gateway(),
                    beyond + " " + gateway() + " table local",
                    prefix + " " + gateway() + " table default",
                    "blackhole " + prefix + " table default",
                    prefix + " " + gateway() + " table 100",
                    anyOf("local ", "broadcast ", "unicast ") + beyond + " dev " + device(),
                    prefix + " via inet6 2001:db8:1::2 dev h1",
                    prefix + " nexthop via inet6 2001:db8:1::2 dev h1 nexthop " + gateway(),
                    prefix + " via 9.9.9.9 dev h2 onlink",
                    prefix + " via " + anyOf("10.1.0.1", "10.2.0.1", "10.5.0.1", "10.6.0.1")
                            + anyOf("", " dev h1", " dev h2", " dev h3"),
                    prefix + " nexthop via 9.9.9.9 dev h2 onlink nexthop via 9.9.9.9 dev h3 onlink weight 3",
                    prefix + " dev " + device() + " scope " + anyOf("link", "global", "site"),
                    prefix + " " + gateway() + " scope " + anyOf("global", "site"),
                    prefix + manyNextHops(),
                    prefix + " " + gateway() + " src 10.2.0.1",
                    prefix + " encap mpls 100 " + gateway());
        }
        return anyOf(
                prefix + " from " + anyOf(SOURCES6) + " " + gateway(),
                prefix + " from " + anyOf(SOURCES6) + multipath(),
                "unreachable " + prefix + " from " + anyOf(SOURCES6),
                prefix + " via 2001:db8:77::1 dev h2 onlink",
                prefix + " nexthop dev h1 nexthop dev " + device(),
                prefix + manyNextHops(),
                prefix + " " + gateway() + " table local",
                prefix + " " + gateway() + " table 100",
                "local " + prefix + " dev lo",
                prefix + " via fe80::7 dev h2",
                prefix + " " + gateway() + " expires 100",
                prefix + " " + gateway() + " pref high",
                prefix + " " + gateway() + " proto ra",
                prefix + " encap seg6 mode encap segs 2001:db8:1::7 " + gateway());
    }

    private String routeRemoval() {
        String prefix = anyOf(isIpv4 ? PREFIXES4 : PREFIXES6);
        return switch (random.nextInt(8)) {
            case 0 -> "route del " + prefix + " " + gateway();
            case 1 -> "route del " + prefix + anyOf(" metric 10", " metric 20");
            case 2 -> "route flush proto " + anyOf("static", "99");
            case 3 ->
                "route del " + prefix + " dev " + device() + (isIpv4 ? "" : anyOf("", " from " + anyOf(SOURCES6)));
            case 4 -> "route del " + prefix + anyOf(" table local", " table default", " nhid " + objectId());
            case 5 -> "route del " + anyOf(TYPES) + " " + prefix;
            default -> "route del " + prefix;
        };
    }

    private String options() {
        return anyOf("", "", "", " metric 10", " metric 20")
                + anyOf("", "", "", "", " proto static", " proto 99")
                + (random.nextInt(12) == 0 ? anyOf(" mtu 1400", " mtu lock 1300", " advmss 1000", " hoplimit 9") : "");
    }

    /** About as many as the data plane has room for, a few less or more. */
    private String manyNextHops() {
        StringBuilder text = new StringBuilder();
        String subnet = isIpv4 ? "10.%d.0.%d" : "2001:db8:%d::%x";
        int count = 124 + random.nextInt(10);
        for (int i = 0; i < count; i++) {
            int number = 1 + i % 3;
            text.append(" nexthop via ")
                    .append(subnet.formatted(number, 2 + i))
                    .append(" dev h")
                    .append(number);
        }
        return text.toString();
    }

    private String multipath() {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(20) == 0 ? 12 : 2 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            text.append(" nexthop ").append(gateway()).append(anyOf("", "", " weight 2", " weight 5"));
        }
        return text.toString();
    }

    private String gateway() {
        int number = random.nextInt(20) == 0 ? 4 : 1 + random.nextInt(3);
        String device = number == 4 ? "w1" : "h" + number;
        return (isIpv4 ? "via 10." + number + ".0." : "via 2001:db8:" + number + "::") + (2 + random.nextInt(3))
                + " dev " + device;
    }

    private String device() {
        return anyOf("h1", "h2", "h3", "h1", "h2", "h3", "w1");
    }

    private int objectId() {
        return random.nextBoolean() ? 1 + random.nextInt(6) : 11 + random.nextInt(3);
    }

    private String anyOf(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private String anyOf(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
