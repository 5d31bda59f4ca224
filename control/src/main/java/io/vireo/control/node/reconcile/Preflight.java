package io.vireo.control.node.reconcile;

import io.vireo.control.linux.LinuxException;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Device;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Port;
import io.vireo.control.model.Problem;
import io.vireo.control.model.Vpn;
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
        checkMtus(configuration, problems);
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
        tooLong(port).ifPresent(reason -> problems.add(Problem.at(path + ".mtu", reason)));
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

    /** Why a port cannot have its MTU. That of a device in use is looked at by the node agent. */
    private Optional<String> tooLong(Port port) {
        int maxMtu = port.device().maxMtu(limits.maxMtu());
        if (port.mtu() > maxMtu) {
            return Optional.of(aboveBuffers(port.mtu(), maxMtu));
        }
        PortPlan present = current.ports().get(port.name());
        boolean isInUse = present != null
                && present.port().device().equals(port.device())
                && present.port().mtu() == port.mtu();
        return isInUse || !(port.device() instanceof Device.AfPacket device)
                ? Optional.empty()
                : aboveDevice(port.mtu(), device.interfaceName());
    }

    private static Optional<String> aboveDevice(int mtu, String name) {
        try {
            int deviceMtu = new HostInterface(name).mtu().orElse(mtu); // that there is none is another problem
            return mtu <= deviceMtu
                    ? Optional.empty()
                    : Optional.of("is " + mtu + ", above the " + deviceMtu + " of Linux interface " + name
                            + ", which has to be raised first: ip link set " + name + " mtu " + mtu);
        } catch (LinuxException _) {
            return Optional.empty(); // reported for the device
        }
    }

    private static String aboveBuffers(int mtu, int maxMtu) {
        return "is " + mtu + ", above " + maxMtu + ", the most that a packet buffer of the data plane holds"
                + " (mbufBytes of the profile's memory)";
    }

    /** Those of ports have been checked, and an interface at a port has at most the port's. */
    private void checkMtus(Configuration configuration, List<Problem> problems) {
        for (int v = 0; v < configuration.vpns().size(); v++) {
            Vpn vpn = configuration.vpns().get(v);
            for (int i = 0; i < vpn.links().size(); i++) {
                checkMtu(vpn.links().get(i).mtu(), "vpns[" + v + "].links[" + i + "]", problems);
            }
            for (int r = 0; r < vpn.routers().size(); r++) {
                List<Interface> interfaces = vpn.routers().get(r).interfaces();
                for (int i = 0; i < interfaces.size(); i++) {
                    Interface each = interfaces.get(i);
                    if (each.carriesPackets() && each.attachment().port() == null) {
                        String path = "vpns[" + v + "].routers[" + r + "].interfaces[" + i + "]";
                        checkMtu(each.mtu(), path, problems);
                    }
                }
            }
        }
    }

    private void checkMtu(int mtu, String path, List<Problem> problems) {
        if (mtu > limits.maxMtu()) {
            problems.add(Problem.at(path + ".mtu", aboveBuffers(mtu, limits.maxMtu())));
        }
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
