package io.vireo.control.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Linux says about this machine, read from {@code /proc} and {@code /sys} when asked.
 *
 * <p>Any thread. What cannot be read counts as absent.
 */
public final class LinuxMachine {
    private final Path root;

    /** @param root directory that holds {@code proc}, {@code sys} and {@code dev}: {@code /}, or a test's own */
    public LinuxMachine(Path root) {
        this.root = root;
    }

    /** This machine. */
    public static LinuxMachine local() {
        return new LinuxMachine(Path.of("/"));
    }

    /** A PCI function. */
    public record PciDevice(String address, String id, Optional<String> driver, int numaNode, boolean hasIommuGroup) {}

    /** Online CPUs. */
    public Set<Integer> onlineCpus() {
        return CpuList.parse(text("sys/devices/system/cpu/online"));
    }

    /** CPUs that the scheduler leaves alone ({@code isolcpus}). */
    public Set<Integer> isolatedCpus() {
        return CpuList.parse(text("sys/devices/system/cpu/isolated"));
    }

    /** NUMA node of a CPU; 0 when the machine has one node only. */
    public int numaNodeOf(int cpu) {
        for (Path entry : list("sys/devices/system/cpu/cpu" + cpu)) {
            String name = entry.getFileName().toString();
            if (name.matches("node\\d+")) {
                return Integer.parseInt(name.substring(4));
            }
        }
        return 0;
    }

    /** Arguments with which the kernel was started. */
    public List<String> kernelArguments() {
        return List.of(text("proc/cmdline").split("\\s+", -1));
    }

    /** Hugepages of one size that the kernel holds. */
    public int hugepages(int sizeKilobytes) {
        String count = text("sys/kernel/mm/hugepages/hugepages-" + sizeKilobytes + "kB/nr_hugepages");
        return count.isEmpty() ? 0 : Integer.parseInt(count);
    }

    /** Memory that programs can still have, in MiB. */
    public long availableMemoryMegabytes() {
        return text("proc/meminfo")
                        .lines()
                        .filter(line -> line.startsWith("MemAvailable:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElse(0)
                / 1024;
    }

    /** All PCI functions. */
    public List<PciDevice> pciDevices() {
        List<PciDevice> devices = new ArrayList<>();
        for (Path device : list("sys/bus/pci/devices")) {
            String id = hexadecimal(device.resolve("vendor")) + ":" + hexadecimal(device.resolve("device"));
            String numaNode = text(device.resolve("numa_node"));
            devices.add(new PciDevice(
                    device.getFileName().toString(),
                    id,
                    linkName(device.resolve("driver")),
                    numaNode.isEmpty() ? 0 : Math.max(0, Integer.parseInt(numaNode)),
                    Files.exists(device.resolve("iommu_group"))));
        }
        return devices;
    }

    /** Whether an IOMMU is at work: the kernel then sorts devices into groups. */
    public boolean hasIommu() {
        return !list("sys/kernel/iommu_groups").isEmpty();
    }

    /** Names of the network interfaces of the current namespace. */
    public Set<String> networkInterfaces() {
        Set<String> names = new TreeSet<>();
        list("sys/class/net").forEach(path -> names.add(path.getFileName().toString()));
        return names;
    }

    /** Whether a file or a device exists. */
    public boolean exists(String absolutePath) {
        return Files.exists(resolve(absolutePath));
    }

    /** Content of a one-value file without surrounding blanks; empty when it cannot be read. */
    public String text(String path) {
        return text(resolve(path));
    }

    /** Entries of a directory in name order; none when it cannot be read. */
    public List<Path> list(String path) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(resolve(path))) {
            stream.forEach(entries::add);
        } catch (IOException e) {
            return List.of();
        }
        entries.sort(null);
        return entries;
    }

    private Path resolve(String path) {
        return root.resolve(path.startsWith("/") ? path.substring(1) : path);
    }

    private static String text(Path path) {
        try {
            return Files.readString(path).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** {@code 0x8086} → {@code 8086}. */
    private static String hexadecimal(Path path) {
        String text = text(path);
        return text.startsWith("0x") ? text.substring(2) : text;
    }

    private static Optional<String> linkName(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).getFileName().toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
