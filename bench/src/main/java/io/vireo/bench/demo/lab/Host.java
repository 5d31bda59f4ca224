package io.vireo.bench.demo.lab;

import io.vireo.control.process.Command;
import java.util.List;

/**
 * A Linux host of the lab: a network namespace with one interface, {@code eth0}, whose other end is a port of Vireo.
 *
 * @param namespace name of its namespace
 * @param portInterface the veth's end that Vireo takes as a port
 * @param addresses of {@code eth0}, with their prefix lengths
 * @param gateways to everything else, one per address family
 */
public record Host(String namespace, String portInterface, List<String> addresses, List<String> gateways) {
    /** Its address of a family without the prefix length. */
    public String address(IpFamily family) {
        return addresses.stream()
                .filter(family::matches)
                .map(address -> address.substring(0, address.indexOf('/')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(namespace + " has no " + family + " address"));
    }

    /** A program to run on this host. */
    public Command command(String... arguments) {
        return Command.of(arguments).in(namespace);
    }

    /** Gives the host another address, on its loopback interface. */
    public void addLoopbackAddress(String address) {
        command("ip", "address", "replace", address, "dev", "lo").runOrThrow();
    }

    void create() {
        Command.of("ip", "netns", "add", namespace).runOrThrow();
        Command.of("ip", "link", "add", portInterface, "type", "veth", "peer", "name", "eth0", "netns", namespace)
                .runOrThrow();
        Command.of("ip", "link", "set", portInterface, "up").runOrThrow();
        // No NIC stands between this host and the data plane that could add checksums or cut segments.
        command("ethtool", "-K", "eth0", "tx", "off", "tso", "off", "gso", "off", "gro", "off")
                .runOrThrow();
        // Duplicate address detection would keep the IPv6 addresses silent for the first seconds.
        command("sysctl", "-qw", "net.ipv6.conf.eth0.accept_dad=0").runOrThrow();
        command("ip", "link", "set", "lo", "up").runOrThrow();
        command("ip", "link", "set", "eth0", "up").runOrThrow();
        for (String address : addresses) {
            command("ip", "address", "add", address, "dev", "eth0").runOrThrow();
        }
        for (String gateway : gateways) {
            command("ip", "route", "add", "default", "via", gateway).runOrThrow();
        }
    }

    void remove() {
        // The veth goes with the namespace, unless the namespace was never made.
        Command.of("ip", "netns", "delete", namespace).run();
        Command.of("ip", "link", "delete", portInterface).run();
    }
}
