package io.vireo.control.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A hardware profile as its file says it. Fields, units and ranges are documented in {@code profile.schema.json}.
 */
public record Profile(
        String apiVersion,
        String name,
        String summary,
        @Nullable String notes,
        Cpus cpus,
        Memory memory,
        @Nullable Nic nic,
        PortSettings port,
        List<String> kernelArguments,
        @Nullable BenchPorts bench,
        @Nullable LineRate lineRate) {

    /** CPUs the machine must have, and who runs where. */
    public record Cpus(int atLeast, @Nullable Integer conductor, List<Integer> workers, String idle) {}

    /** DPDK's memory; {@code transparentHugepages} null means yes, where hugepages are not reserved and there is no NIC. */
    public record Memory(
            int ealMegabytes,
            @Nullable Hugepages hugepages,
            @Nullable Boolean transparentHugepages,
            int mbufs,
            int mbufBytes) {}

    /** Hugepages the machine must hold. */
    public record Hugepages(int sizeKilobytes, int count) {}

    /** The NIC, and which drivers it needs. */
    public record Nic(
            List<String> pciIds,
            String kernelDriver,
            String dpdkDriver,
            String bind,
            String iommu,
            @Nullable String firmware) {
        /** Whether the NIC must be taken from Linux and given to vfio-pci. */
        public boolean needsVfio() {
            return bind.equals("vfio-pci");
        }
    }

    /** What to write under {@code ports:} in the configuration. */
    public record PortSettings(
            String device,
            int rxQueues,
            int txQueues,
            int rxDescriptors,
            int txDescriptors,
            int rxBurstPackets,
            int txBurstPackets) {}

    /** Ports at both ends of the benchmark's two cables, the first cable's first; {@code vireo bench linerate} uses them. */
    public record BenchPorts(List<String> generatorPorts, List<String> devicePorts) {}

    /** What a port's line carries. */
    public record LineRate(long bitsPerSecond, Map<Integer, Long> framesPerSecond) {
        /** Preamble, start delimiter and gap between frames, in bytes (IEEE 802.3). */
        private static final int BETWEEN_FRAMES_BYTES = 20;

        /** Frames of one size, with its FCS, that the line carries in a second. */
        public long framesPerSecond(int frameBytes) {
            return bitsPerSecond / ((frameBytes + BETWEEN_FRAMES_BYTES) * 8L);
        }
    }

    /** The data plane's settings that follow from the profile, by their names ({@code vireo.workers} and so on). */
    public Map<String, String> dataPlaneSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("vireo.workers", Integer.toString(Math.max(1, cpus.workers.size())));
        if (!cpus.workers.isEmpty()) {
            settings.put(
                    "vireo.worker.cores",
                    cpus.workers.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        if (cpus.conductor != null) {
            settings.put("vireo.conductor.core", cpus.conductor.toString());
        }
        settings.put("vireo.idle", cpus.idle);
        settings.put("vireo.memory.mb", Integer.toString(memory.ealMegabytes));
        settings.put("vireo.hugepages", Boolean.toString(memory.hugepages != null));
        if (memory.transparentHugepages != null) {
            settings.put("vireo.transparent.hugepages", memory.transparentHugepages.toString());
        }
        settings.put("vireo.pci", Boolean.toString(nic != null));
        settings.put("vireo.mbufs", Integer.toString(memory.mbufs));
        settings.put("vireo.mbuf.bytes", Integer.toString(memory.mbufBytes));
        return settings;
    }
}
