package io.vireo.control.node.namespace;

import io.vireo.control.linux.NetworkSysctls;
import java.util.List;
import java.util.Optional;

/** The kernel parameters that make a namespace a router. */
public final class NamespaceSysctls {
    private static final List<String> REQUIRED =
            List.of("net/ipv4/ip_forward=1", "net/ipv6/conf/all/forwarding=1", "net/ipv6/conf/default/forwarding=1");

    private static final List<String> IPV4_INTERFACE = List.of(
            // Routes are often asymmetric; who wants the check configures it.
            "rp_filter=0",
            // An address answers on its own interface only, as with any router (RFC 1812 3.3.2).
            "arp_ignore=1",
            "arp_announce=2",
            // Neighbours learn at once that the router, or its data plane, is back.
            "arp_notify=1",
            "accept_redirects=0",
            "send_redirects=0",
            "accept_source_route=0",
            // Taking away the first address of a subnet leaves the others.
            "promote_secondaries=1");

    private static final List<String> IPV6_INTERFACE = List.of(
            "accept_ra=0",
            "autoconf=0",
            "router_solicitations=0",
            "accept_redirects=0",
            "keep_addr_on_down=1",
            "ndisc_notify=1",
            // A router's addresses are configured. A probe sent before the data plane is there would prove nothing,
            // and until it is over an address does not answer.
            "accept_dad=0",
            "dad_transmits=0");

    private static final List<String> OPTIONAL = List.of(
            // The kernel answers for many virtual links at once: what it may send is limited by the data plane's punt
            // rate per virtual router, so here only a single receiver is protected (one error per 10 ms, bursts of
            // six).
            "net/ipv4/icmp_ratelimit=10",
            "net/ipv4/icmp_msgs_per_sec=100000",
            "net/ipv4/icmp_msgs_burst=10000",
            "net/ipv6/icmp/ratelimit=10",
            // Traceroute names the interface by which the probe came in.
            "net/ipv4/icmp_errors_use_inbound_ifaddr=1",
            // Next-hop objects are spelled out in route messages, and their changes told per route.
            "net/ipv4/nexthop_compat_mode=1",
            "net/ipv4/fib_multipath_hash_policy=1",
            "net/ipv6/fib_multipath_hash_policy=1",
            "net/ipv6/route/max_size=2147483647");

    private NamespaceSysctls() {}

    /** Sets in the calling thread's namespace, before it has interfaces of its own, those that are otherwise. */
    public static void apply() {
        try (NetworkSysctls sysctls = new NetworkSysctls()) {
            for (String scope : List.of("all", "default")) {
                IPV4_INTERFACE.forEach(setting -> setIfPresent(sysctls, "net/ipv4/conf/" + scope + "/" + setting));
                IPV6_INTERFACE.forEach(setting -> setIfPresent(sysctls, "net/ipv6/conf/" + scope + "/" + setting));
            }
            REQUIRED.forEach(setting -> sysctls.set(name(setting), value(setting)));
            OPTIONAL.forEach(setting -> setIfPresent(sysctls, setting));
        }
    }

    /** Sets those without which it is no router. */
    static void applyRequired() {
        try (NetworkSysctls sysctls = new NetworkSysctls()) {
            REQUIRED.forEach(setting -> sysctls.set(name(setting), value(setting)));
        }
    }

    /** Which of those without which it is no router are set otherwise. */
    static List<Drift> drift() {
        try (NetworkSysctls sysctls = new NetworkSysctls()) {
            return REQUIRED.stream()
                    .filter(setting -> !sysctls.read(name(setting)).equals(Optional.of(value(setting))))
                    .map(setting -> new Drift("sysctl " + name(setting), "not " + value(setting)))
                    .toList();
        }
    }

    private static void setIfPresent(NetworkSysctls sysctls, String setting) {
        sysctls.setIfPresent(name(setting), value(setting));
    }

    private static String name(String setting) {
        return setting.substring(0, setting.indexOf('='));
    }

    private static String value(String setting) {
        return setting.substring(setting.indexOf('=') + 1);
    }
}
