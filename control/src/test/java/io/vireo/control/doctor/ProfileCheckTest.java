package io.vireo.control.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.doctor.Finding.Verdict;
import io.vireo.control.profile.Profile;
import io.vireo.control.profile.ProfileLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Draws a machine as files below a directory, with what `intel-25g-e810` asks for, and takes single things away. */
class ProfileCheckTest {
    private static final String NIC = "sys/bus/pci/devices/0000:3b:00.0/";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    private final Profile profile = new ProfileLibrary().load("intel-25g-e810");

    @BeforeEach
    void drawAFittingMachine() throws IOException {
        write("sys/devices/system/cpu/online", "0-7");
        write("sys/devices/system/cpu/isolated", "1-3");
        for (int cpu : new int[] {2, 3}) {
            Files.createDirectories(root.resolve("sys/devices/system/cpu/cpu" + cpu + "/node0"));
        }
        write("proc/cmdline", "root=/dev/sda1 " + String.join(" ", profile.kernelArguments()));
        write("sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages", "4");
        write(NIC + "vendor", "0x8086");
        write(NIC + "device", "0x159b");
        write(NIC + "numa_node", "0");
        bind("vfio-pci");
        Files.createDirectories(root.resolve("sys/kernel/iommu_groups/7"));
        write("lib/firmware/intel/ice/ddp/ice.pkg", "x");
    }

    @Test
    void shouldFindNothingToChangeOnAFittingMachine() {
        assertThat(check()).isNotEmpty().allMatch(finding -> finding.verdict() == Verdict.OK);
    }

    @Test
    void shouldFindTooFewCpus() throws IOException {
        write("sys/devices/system/cpu/online", "0-2");
        assertOnly(Verdict.PROBLEM, "CPUs", "3 online, 6 wanted");
        assertOnly(Verdict.PROBLEM, "pinned CPUs online", "[3]");
    }

    @Test
    void shouldFindWorkersThatShareTheirCpu() throws IOException {
        write("sys/devices/system/cpu/isolated", "2");
        assertOnly(Verdict.PROBLEM, "pinned CPUs isolated", "[1, 3]");
    }

    @Test
    void shouldFindMissingHugepages() throws IOException {
        write("sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages", "1");
        assertOnly(Verdict.PROBLEM, "hugepages of 1048576 kB", "1 held, 4 wanted");
    }

    @Test
    void shouldFindAMissingKernelArgument() throws IOException {
        write("proc/cmdline", String.join(" ", profile.kernelArguments()).replace("iommu=pt", ""));
        assertOnly(Verdict.WARNING, "kernel argument", "missing: iommu=pt");
    }

    @Test
    void shouldFindANicThatIsStillWithLinux() throws IOException {
        bind("ice");
        assertOnly(Verdict.PROBLEM, "driver of 0000:3b:00.0", "ice, vfio-pci required");
    }

    @Test
    void shouldFindANicOnAnotherNumaNode() throws IOException {
        write(NIC + "numa_node", "1");
        assertOnly(Verdict.WARNING, "NUMA node of 0000:3b:00.0", "2, 3");
    }

    @Test
    void shouldFindThatThereIsNoSuchNic() throws IOException {
        write(NIC + "device", "0x0000");
        assertOnly(Verdict.PROBLEM, "NIC", "8086:159b");
    }

    @Test
    void shouldFindTheIommuOff() throws IOException {
        Files.delete(root.resolve("sys/kernel/iommu_groups/7"));
        assertOnly(Verdict.PROBLEM, "IOMMU", "off");
    }

    @Test
    void shouldFindMissingFirmware() throws IOException {
        Files.delete(root.resolve("lib/firmware/intel/ice/ddp/ice.pkg"));
        assertOnly(Verdict.PROBLEM, "firmware", "ice.pkg is missing");
    }

    private List<Finding> check() {
        return new ProfileCheck(profile, new LinuxMachine(root)).run();
    }

    /** There is a finding of this verdict on this subject that says this, with an advice, and none of its subject beside. */
    private void assertOnly(Verdict verdict, String subject, String text) {
        assertThat(check())
                .filteredOn(finding -> finding.subject().equals(subject) && finding.verdict() != Verdict.OK)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(verdict);
                    assertThat(finding.found()).contains(text);
                    assertThat(finding.advice()).isNotEmpty();
                });
    }

    private void bind(String driver) throws IOException {
        Path link = root.resolve(NIC + "driver");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of("../../../bus/pci/drivers/" + driver));
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text + "\n");
    }
}
