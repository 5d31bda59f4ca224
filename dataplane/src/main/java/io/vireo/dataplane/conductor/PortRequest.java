package io.vireo.dataplane.conductor;

/**
 * What control asks a port to be.
 *
 * @param rxQueues receive queues.
 * @param descriptors of each queue.
 * @param mtu longest IP packet, bytes.
 * @param name for users.
 * @param devargs DPDK device string.
 */
record PortRequest(int rxQueues, int descriptors, int mtu, String name, String devargs) {
    /** Whether the other differs in its MTU at most, which can be changed while the device works. */
    boolean isSameDevice(PortRequest other) {
        return equals(new PortRequest(other.rxQueues, other.descriptors, mtu, other.name, other.devargs));
    }
}
