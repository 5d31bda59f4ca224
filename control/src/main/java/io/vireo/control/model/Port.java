package io.vireo.control.model;

import org.jspecify.annotations.Nullable;

/**
 * A port of the node: one DPDK device.
 *
 * @param name          unique among the ports of the node.
 * @param device        what it is made of; no two ports share a device.
 * @param rxQueues      receive queues, 1 to {@link Limits#MAX_RX_QUEUES}.
 * @param descriptors   descriptors of each queue, {@link Limits#MIN_DESCRIPTORS} to {@link Limits#MAX_DESCRIPTORS}.
 * @param mtu           largest IP packet that can pass, in bytes.
 * @param rate          what it is shaped to, or null to let it send as fast as it can.
 * @param overheadBytes what a frame costs of the rate beyond the frame without FCS, 0 to {@link Limits#MAX_OVERHEAD_BYTES}.
 */
public record Port(
        String name,
        Device device,
        int rxQueues,
        int descriptors,
        int mtu,
        @Nullable Bandwidth rate,
        int overheadBytes) {}
