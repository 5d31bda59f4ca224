package io.vireo.bench.linerate.device;

import io.vireo.bench.linerate.traffic.Bus;
import io.vireo.control.model.Device.Pci;
import io.vireo.control.model.Limits;
import java.util.List;

/**
 * Both ports of one end of a wire, of one process.
 *
 * @param name begins the names of its virtual devices
 * @param first port 0
 * @param second port 1; on the same bus
 */
record PortPair(String name, io.vireo.control.model.Device first, io.vireo.control.model.Device second) {
    private static final int QUEUES = 1;

    /** Refuses ports on different buses: nobody could say how DPDK numbers them. */
    PortPair {
        if (busOf(first) != busOf(second)) {
            throw new IllegalArgumentException(
                    "one of " + first + " and " + second + " is on the PCI bus, the other is not");
        }
    }

    private static Bus busOf(io.vireo.control.model.Device device) {
        return device instanceof Pci ? Bus.PCI : Bus.VDEV;
    }

    Bus bus() {
        return busOf(first);
    }

    /** As DPDK spells it. */
    String port(int port) {
        return (port == 0 ? first : second).devargs(name + port, QUEUES, Limits.DEFAULT_MTU);
    }

    /** DPDK numbers virtual devices in the order of its arguments, NICs by their addresses. */
    int number(int port) {
        boolean isReversed = bus() == Bus.PCI && port(0).compareTo(port(1)) > 0;
        return isReversed ? 1 - port : port;
    }

    /** EAL arguments for these ports, and no others. */
    List<String> arguments() {
        return switch (bus()) {
            case PCI -> List.of("-a", port(0), "-a", port(1));
            case VDEV -> List.of("--no-pci", "--vdev=" + port(0), "--vdev=" + port(1));
        };
    }

    @Override
    public String toString() {
        return first + " and " + second;
    }
}
