package io.vireo.control.doctor;

import io.vireo.control.process.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts behind a veth must compute their checksums and cut their segments themselves: there is no NIC that would do it
 * on the way to the data plane. Checks every namespace with a name that is not a virtual router's.
 */
final class OffloadChecks {
    private static final List<String> OFFLOADS = List.of(
            "tx-checksumming", "tcp-segmentation-offload", "generic-segmentation-offload", "generic-receive-offload");

    private static final int MAX_NAMESPACES = 64;

    private final LinuxMachine machine;

    OffloadChecks(LinuxMachine machine) {
        this.machine = machine;
    }

    List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        machine.list("run/netns").stream()
                .map(Path::getFileName)
                .map(Path::toString)
                .filter(name -> !name.startsWith("vireo-"))
                .limit(MAX_NAMESPACES)
                .forEach(namespace -> veths(namespace).forEach(veth -> findings.add(offloads(namespace, veth))));
        return findings;
    }

    private static List<String> veths(String namespace) {
        // "2: eth0@if7: <BROADCAST…": the name stands between the first colon and the @.
        return Command.of("ip", "-n", namespace, "-o", "link", "show", "type", "veth")
                .run()
                .text()
                .lines()
                .filter(line -> line.contains(": "))
                .map(line -> line.split(": ", 3)[1].split("@", 2)[0])
                .toList();
    }

    private static Finding offloads(String namespace, String veth) {
        String subject = "offloads of " + namespace + "/" + veth;
        String features = Command.of("ethtool", "-k", veth).in(namespace).run().text();
        List<String> on = OFFLOADS.stream()
                .filter(offload -> features.contains(offload + ": on"))
                .toList();
        return on.isEmpty()
                ? Finding.ok(subject, "off")
                : Finding.warning(
                        subject,
                        "on: " + String.join(", ", on),
                        "if its other end is a port of Vireo: ip netns exec " + namespace + " ethtool -K " + veth
                                + " tx off tso off gso off gro off");
    }
}
