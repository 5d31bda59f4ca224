package io.vireo.bench.linerate.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.doctor.LinuxMachine;
import io.vireo.control.profile.Profile;
import io.vireo.control.profile.Profile.BenchPorts;
import io.vireo.control.profile.ProfileLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files stand for the kernel's: a machine with four interfaces and four NICs. */
class PortBenchTest {
    private static final BenchPorts VETHS =
            new BenchPorts(List.of("af_packet:g0", "af_packet:g1"), List.of("af_packet:d0", "af_packet:d1"));
    private static final BenchPorts NICS = new BenchPorts(
            List.of("pci:0000:3b:00.0", "pci:0000:3b:00.1"), List.of("pci:0000:5e:00.1", "pci:0000:5e:00.0"));

    private final Profile software = new ProfileLibrary().load("af_packet-veth");
    private final Profile hardware = new ProfileLibrary().load("intel-10g-x520");

    @TempDir
    private Path root;

    @BeforeEach
    void makeMachine() throws IOException {
        for (String name : List.of("g0", "g1", "d0", "d1")) {
            write("sys/class/net/" + name + "/flags", "0x1003");
            write("sys/class/net/" + name + "/carrier", "1");
        }
        for (String address : List.of("0000:3b:00.0", "0000:3b:00.1", "0000:5e:00.0", "0000:5e:00.1")) {
            String directory = "sys/bus/pci/devices/" + address;
            write(directory + "/vendor", "0x8086");
            write(directory + "/device", "0x10fb");
            write(directory + "/numa_node", "0");
            bind(address, "vfio-pci");
        }
        write("sys/kernel/mm/hugepages/hugepages-1048576kB/free_hugepages", "2");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    private void bind(String address, String driver) throws IOException {
        Path link = root.resolve("sys/bus/pci/devices/" + address + "/driver");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of("../../../bus/pci/drivers/" + driver));
    }

    private PortBench bench(Profile profile, BenchPorts ports) {
        return new PortBench(profile, ports, new LinuxMachine(root), 0, 1);
    }

    private void refuses(Profile profile, BenchPorts ports, String message) {
        assertThatThrownBy(() -> bench(profile, ports))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--profile: " + profile.name() + ": " + message);
    }

    @Test
    void shouldWireInterfaces() {
        WireEnds wire = bench(software, VETHS).wire();
        assertThat(wire.ofGenerator(1)).isEqualTo("net_af_packet_gen1,iface=g1,qpairs=1");
        assertThat(wire.deviceArguments())
                .containsExactly(
                        "--no-pci",
                        "--vdev=net_af_packet_dev0,iface=d0,qpairs=1",
                        "--vdev=net_af_packet_dev1,iface=d1,qpairs=1");
        assertThat(wire.deviceNumber(1)).isEqualTo(1);
        assertThat(wire.resetObstacle()).isPresent();
    }

    @Test
    void shouldWireNicsAndKnowTheirNumbers() {
        PortBench bench = bench(hardware, NICS);
        WireEnds wire = bench.wire();
        assertThat(wire.ofDevice(0)).isEqualTo("0000:5e:00.1");
        assertThat(wire.deviceArguments()).containsExactly("-a", "0000:5e:00.1", "-a", "0000:5e:00.0");
        assertThat(wire.deviceNumber(0)).as("by address, not by order").isEqualTo(1);
        assertThat(wire.resetObstacle()).isEmpty();
        assertThat(bench.warnings()).isEmpty();
    }

    @Test
    void shouldWarnOfAnotherNumaNode() throws IOException {
        write("sys/bus/pci/devices/0000:5e:00.1/numa_node", "1");
        assertThat(bench(hardware, NICS).warnings())
                .containsExactly("0000:5e:00.1 is on NUMA node 1, CPU 1, which polls it, on node 0: expect less");
    }

    @ParameterizedTest
    @CsvSource({
        "af_packet:nosuch, there is no interface 'nosuch'",
        "af_packet:g0, af_packet:g0 is bench.generatorPorts[0] already",
        "pci:3b, '3b' is not a PCI address",
    })
    void shouldRefuseAPort(String port, String reason) {
        refuses(
                software,
                new BenchPorts(VETHS.generatorPorts(), List.of(port, "af_packet:d1")),
                "bench.devicePorts[0]: " + reason);
    }

    @Test
    void shouldRefuseAnInterfaceWithoutCarrier() throws IOException {
        write("sys/class/net/g1/carrier", "0");
        refuses(software, VETHS, "bench.generatorPorts[1]: g1 has no carrier");
        write("sys/class/net/g1/flags", "0x1002");
        refuses(software, VETHS, "bench.generatorPorts[1]: g1 is down; ip link set g1 up");
    }

    @Test
    void shouldRefuseANicOfLinux() throws IOException {
        bind("0000:5e:00.0", "ixgbe");
        refuses(
                hardware,
                NICS,
                "bench.devicePorts[1]: the driver of 0000:5e:00.0 is ixgbe, vfio-pci is wanted; dpdk-devbind.py");
    }

    @Test
    void shouldRefuseANicThatIsNotThere() {
        refuses(
                hardware,
                new BenchPorts(NICS.generatorPorts(), List.of("pci:0000:99:00.0", "pci:0000:99:00.1")),
                "bench.devicePorts[0]: there is no PCI device 0000:99:00.0");
    }

    @Test
    void shouldRefuseNicsInAProfileOfNone() {
        refuses(software, NICS, "nic: is missing");
    }

    @Test
    void shouldRefuseAnEndOnTwoBuses() {
        refuses(
                hardware,
                new BenchPorts(VETHS.generatorPorts(), List.of("pci:0000:5e:00.0", "af_packet:d1")),
                "bench.devicePorts: one of pci:0000:5e:00.0 and af_packet:d1 is on the PCI bus, the other is not");
    }

    @Test
    void shouldRefuseNicsWithoutHugepages() throws IOException {
        write("sys/kernel/mm/hugepages/hugepages-1048576kB/free_hugepages", "1");
        refuses(hardware, NICS, "memory.hugepages: 1 of 1048576 kB are free, 2 wanted; raise /sys/kernel/mm/hugepages");
    }
}
