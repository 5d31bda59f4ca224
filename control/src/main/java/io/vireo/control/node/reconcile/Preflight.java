package io.vireo.control.node.reconcile;

import io.vireo.control.linux.LinuxException;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Device;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Port;
import io.vireo.control.model.Problem;
import io.vireo.control.node.host.HostInterface;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.scheduling.QuotaSizes;
import io.vireo.control.node.topology.DataplaneLimits;
import io.vireo.control.node.topology.PortPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What this machine, or the data plane as it was started, would refuse of a configuration. Changes nothing. */
final class Preflight {
    private static final Path PCI_DEVICES = Path.of("/sys/bus/pci/devices");

    private final NodePlan current;
    private final DataplaneLimits limits;

    Preflight(NodePlan current, DataplaneLimits limits) {
        this.current = current;
        this.limits = limits;
    }

    List<Problem> check(Configuration configuration) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < configuration.ports().size(); i++) {
            checkPort(configuration.ports().get(i), "ports[" + i + "]", problems);
        }
        checkCounts(configuration, problems);
        problems.addAll(QuotaSizes.check(configuration, limits.queuePackets()));
        return problems;
    }

    private void checkPort(Port port, String path, List<Problem> problems) {
        if (port.rxQueues() > limits.workers()) {
            problems.add(Problem.at(
                    path + ".rxQueues",
                    "is " + port.rxQueues() + ", but the data plane has " + limits.workers() + " workers"));
        }
        unfit(port).ifPresent(reason -> problems.add(Problem.at(path + ".device", reason)));
    }

    private Optional<String> unfit(Port port) {
        PortPlan present = current.ports().get(port.name());
        if (present != null && present.port().device().equals(port.device())) {
            return Optional.empty(); // in use already
        }
        return switch (port.device()) {
            case Device.AfPacket device -> unfitInterface(device.interfaceName());
            case Device.Pci device ->
                Files.exists(PCI_DEVICES.resolve(device.address()))
                        ? Optional.empty()
                        : Optional.of("there is no PCI device " + device.address());
            case Device.Vdev _, Device.Null _ -> Optional.empty();
        };
    }

    private static Optional<String> unfitInterface(String name) {
        try {
            return new HostInterface(name).unfit();
        } catch (LinuxException e) {
            return Optional.of("Linux interface " + name + " cannot be examined: " + e.getMessage());
        }
    }

    private void checkCounts(Configuration configuration, List<Problem> problems) {
        long routers = configuration.vpns().stream()
                .mapToLong(vpn -> vpn.routers().size())
                .sum();
        long interfaces = configuration.vpns().stream()
                .mapToLong(vpn -> 2L * vpn.links().size()
                        + vpn.routers().stream()
                                .flatMap(router -> router.interfaces().stream())
                                .filter(Interface::carriesPackets)
                                .count())
                .sum();
        if (routers > limits.maxRouters()) {
            problems.add(Problem.at(
                    "vpns", "has " + routers + " routers, but the data plane has room for " + limits.maxRouters()));
        }
        if (interfaces > limits.maxInterfaces()) {
            problems.add(Problem.at(
                    "vpns",
                    "has " + interfaces + " interfaces, but the data plane has room for " + limits.maxInterfaces()));
        }
    }
}
