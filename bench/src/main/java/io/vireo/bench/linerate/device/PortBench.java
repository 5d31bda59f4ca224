package io.vireo.bench.linerate.device;

import io.vireo.bench.linerate.traffic.Bus;
import io.vireo.control.doctor.LinuxMachine;
import io.vireo.control.doctor.LinuxMachine.PciDevice;
import io.vireo.control.model.Device.AfPacket;
import io.vireo.control.model.Device.Pci;
import io.vireo.control.profile.Profile;
import io.vireo.control.profile.Profile.BenchPorts;
import io.vireo.control.profile.Profile.Hugepages;
import io.vireo.control.profile.Profile.Nic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bench that a profile describes: ports of this machine with cables between them. Looks, before anything starts, whether
 * all is there; what is not is refused by the profile, the field and the reason. One thread.
 */
public final class PortBench {
    private static final int IFF_UP = 1;

    private final Profile profile;
    private final LinuxMachine machine;
    private final Map<String, String> fieldByPort = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final PortPair generator;
    private final PortPair device;

    /**
     * Looks at the ports.
     *
     * @param ports the profile's
     * @param generatorCore CPU that polls the generator's
     * @param deviceCore CPU that polls the device's
     * @throws IllegalArgumentException when one cannot be used
     */
    public PortBench(Profile profile, BenchPorts ports, LinuxMachine machine, int generatorCore, int deviceCore) {
        this.profile = profile;
        this.machine = machine;
        generator = pair("generatorPorts", "gen", ports.generatorPorts(), generatorCore);
        device = pair("devicePorts", "dev", ports.devicePorts(), deviceCore);
        if (generator.bus() == Bus.PCI || device.bus() == Bus.PCI) {
            requireHugepages();
        }
    }

    /** The cables. */
    public WireEnds wire() {
        return new PortWire(generator, device);
    }

    /** What may spoil figures, a sentence each. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    private PortPair pair(String field, String name, List<String> texts, int core) {
        io.vireo.control.model.Device first = port("bench." + field + "[0]", texts.get(0), core);
        io.vireo.control.model.Device second = port("bench." + field + "[1]", texts.get(1), core);
        try {
            return new PortPair(name, first, second);
        } catch (IllegalArgumentException e) {
            throw refused("bench." + field, String.valueOf(e.getMessage()));
        }
    }

    private io.vireo.control.model.Device port(String field, String text, int core) {
        String other = fieldByPort.putIfAbsent(text, field);
        if (other != null) {
            throw refused(field, text + " is " + other + " already");
        }
        io.vireo.control.model.Device port = parse(field, text);
        switch (port) {
            case AfPacket(String interfaceName) -> requireCarrier(field, interfaceName);
            case Pci(String address) -> requireDriver(field, address, core);
            default -> {} // DPDK makes a virtual device when it is attached
        }
        return port;
    }

    private io.vireo.control.model.Device parse(String field, String text) {
        try {
            return io.vireo.control.model.Device.parse(text);
        } catch (IllegalArgumentException e) {
            throw refused(field, String.valueOf(e.getMessage()));
        }
    }

    private void requireCarrier(String field, String interfaceName) {
        if (!machine.networkInterfaces().contains(interfaceName)) {
            throw refused(field, "there is no interface '" + interfaceName + "'");
        }
        String directory = "sys/class/net/" + interfaceName + "/";
        if ((Integer.decode(machine.text(directory + "flags")) & IFF_UP) == 0) {
            throw refused(field, interfaceName + " is down; ip link set " + interfaceName + " up");
        }
        if (!machine.text(directory + "carrier").equals("1")) {
            throw refused(field, interfaceName + " has no carrier: is the other end there, and up?");
        }
    }

    private void requireDriver(String field, String address, int core) {
        PciDevice nic = machine.pciDevices().stream()
                .filter(candidate -> candidate.address().equals(address))
                .findFirst()
                .orElseThrow(() -> refused(field, "there is no PCI device " + address + "; see lspci -D"));
        Nic wanted = profile.nic();
        if (wanted == null) {
            throw refused("nic", "is missing: it says which driver " + address + " needs");
        }
        String driver = nic.driver().orElse("none");
        String expected = wanted.needsVfio() ? "vfio-pci" : wanted.kernelDriver();
        if (!driver.equals(expected)) {
            throw refused(
                    field,
                    "the driver of " + address + " is " + driver + ", " + expected
                            + " is wanted; dpdk-devbind.py --bind=" + expected + " " + address
                            + " (not the NIC of your own session)");
        }
        if (nic.numaNode() != machine.numaNodeOf(core)) {
            warnings.add("%s is on NUMA node %d, CPU %d, which polls it, on node %d: expect less"
                    .formatted(address, nic.numaNode(), core, machine.numaNodeOf(core)));
        }
    }

    private void requireHugepages() {
        Hugepages pages = profile.memory().hugepages();
        if (pages == null) {
            throw refused("memory.hugepages", "is missing, and NICs need hugepages");
        }
        String directory = "sys/kernel/mm/hugepages/hugepages-" + pages.sizeKilobytes() + "kB/";
        String text = machine.text(directory + "free_hugepages");
        int free = text.isEmpty() ? 0 : Integer.parseInt(text);
        if (free < pages.count()) {
            throw refused(
                    "memory.hugepages",
                    free + " of " + pages.sizeKilobytes() + " kB are free, " + pages.count() + " wanted; raise /"
                            + directory + "nr_hugepages");
        }
    }

    private IllegalArgumentException refused(String field, String reason) {
        return new IllegalArgumentException("--profile: " + profile.name() + ": " + field + ": " + reason);
    }
}
