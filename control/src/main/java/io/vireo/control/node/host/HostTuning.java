package io.vireo.control.node.host;

import io.vireo.control.linux.Sysctl;
import java.util.List;

/**
 * Limits of the machine that all namespaces share and that are made for a single host. They are raised, never lowered:
 * the neighbour cache has 1024 entries for everybody ({@code arp(7)}).
 */
public final class HostTuning {
    private static final List<String> AT_LEAST = List.of(
            "net/ipv4/neigh/default/gc_thresh3=1048576",
            "net/ipv4/neigh/default/gc_thresh2=524288",
            "net/ipv4/neigh/default/gc_thresh1=65536",
            "net/ipv6/neigh/default/gc_thresh3=1048576",
            "net/ipv6/neigh/default/gc_thresh2=524288",
            "net/ipv6/neigh/default/gc_thresh1=65536",
            // Before Linux 6.13 one budget of ICMP errors for all namespaces.
            "net/ipv4/icmp_msgs_per_sec=100000",
            "net/ipv4/icmp_msgs_burst=10000");

    private HostTuning() {}

    public static void apply() {
        for (String setting : AT_LEAST) {
            int equals = setting.indexOf('=');
            String name = setting.substring(0, equals);
            String wanted = setting.substring(equals + 1);
            Sysctl.read(name)
                    .filter(value -> Long.parseLong(value) < Long.parseLong(wanted))
                    .ifPresent(value -> Sysctl.writeIfPresent(name, wanted));
        }
    }
}
