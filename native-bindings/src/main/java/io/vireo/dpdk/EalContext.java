package io.vireo.dpdk;

import java.util.ArrayList;
import java.util.List;

/**
 * What the EAL, DPDK's run-time environment, shall be started with. Fluent; the defaults need neither hugepages nor a NIC
 * nor a file on disk.
 */
public final class EalContext {
    /** The last PCI address there is, which no machine uses. */
    private static final String NO_DEVICE = "ffff:ff:1f.7";

    private int memoryMegabytes = 256;
    private boolean useHugepages;
    private boolean usePci;
    private LogLevel logLevel = LogLevel.WARNING;
    private final List<String> devices = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();

    /** Memory for pools and tables, MB. Default 256. */
    public EalContext memoryMegabytes(int memoryMegabytes) {
        this.memoryMegabytes = Range.check("memoryMegabytes", memoryMegabytes, 1, 1 << 20);
        return this;
    }

    /** Whether that memory is hugepages, which NICs need (their IOMMU or physical addresses) and lookups run faster on. Default false. */
    public EalContext useHugepages(boolean useHugepages) {
        this.useHugepages = useHugepages;
        return this;
    }

    /** Whether NICs can be {@linkplain EthdevPort#plug plugged} by their PCI addresses later. None is taken at start. Default false. */
    public EalContext usePci(boolean usePci) {
        this.usePci = usePci;
        return this;
    }

    /** What DPDK writes to standard error. Default {@link LogLevel#WARNING}. */
    public EalContext logLevel(LogLevel logLevel) {
        this.logLevel = logLevel;
        return this;
    }

    /** A PCI device to take over at start, such as {@code 0000:3b:00.0}, and with it the PCI bus. */
    public EalContext allowDevice(String device) {
        devices.add(device);
        return this;
    }

    /** One more EAL argument as DPDK spells it, such as {@code --iova-mode=va}. */
    public EalContext argument(String argument) {
        arguments.add(argument);
        return this;
    }

    boolean useHugepages() {
        return useHugepages;
    }

    int memoryMegabytes() {
        return memoryMegabytes;
    }

    /**
     * The arguments of {@code rte_eal_init}, the program's name first.
     *
     * @param allowedCpus CPUs the process may run on, as Linux lists them ({@code 0-3,8}). The only lcore may run on all of
     *     them, so that the EAL does not pin the calling thread, and every thread it later starts, to one.
     */
    List<String> toArguments(String allowedCpus) {
        List<String> all = new ArrayList<>(List.of("vireo", "--no-telemetry"));
        all.add("--lcores=0@(" + allowedCpus + ")");
        all.add("--log-level=" + logLevel.level());
        all.addAll(List.of("-m", Integer.toString(memoryMegabytes)));
        // Either way nothing is left on disk, and no lock stops a second process. DPDK 22.11 refuses --in-memory
        // without hugepages.
        all.addAll(useHugepages ? List.of("--in-memory") : List.of("--no-huge", "--no-shconf"));
        if (!usePci && devices.isEmpty()) {
            all.add("--no-pci");
        }
        devices.forEach(device -> all.addAll(List.of("-a", device)));
        if (usePci && devices.isEmpty()) {
            // Without any allowed device the EAL would take all that are bound to a driver of DPDK's, also from other
            // programs.
            all.addAll(List.of("-a", NO_DEVICE));
        }
        all.addAll(arguments);
        return all;
    }
}
