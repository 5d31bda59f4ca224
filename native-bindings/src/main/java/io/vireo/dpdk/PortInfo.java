package io.vireo.dpdk;

/**
 * What a port's driver says it can do.
 *
 * @param driver the driver's name, such as {@code net_af_packet}.
 * @param hostInterfaceIndex the index of the Linux interface behind it, 0 if none.
 * @param numaNode the NUMA node it is attached to, {@link Eal#ANY_SOCKET} if none.
 * @param maxRxQueues most receive queues.
 * @param maxTxQueues most transmit queues.
 * @param minMtuBytes smallest MTU.
 * @param maxMtuBytes largest MTU, 65535 if the driver does not say.
 * @param maxFrameBytes longest frame it can receive.
 * @param maxRxDescriptors most descriptors of a receive queue, 65535 if the driver does not say.
 * @param maxTxDescriptors most descriptors of a transmit queue, 65535 if the driver does not say.
 * @param rxOffloads {@code RTE_ETH_RX_OFFLOAD_…} bits.
 * @param txOffloads {@code RTE_ETH_TX_OFFLOAD_…} bits.
 * @param rssTypes {@code RTE_ETH_RSS_…} bits: what it can spread over receive queues; 0 for drivers that cannot be told.
 */
public record PortInfo(
        String driver,
        int hostInterfaceIndex,
        int numaNode,
        int maxRxQueues,
        int maxTxQueues,
        int minMtuBytes,
        int maxMtuBytes,
        long maxFrameBytes,
        int maxRxDescriptors,
        int maxTxDescriptors,
        long rxOffloads,
        long txOffloads,
        long rssTypes) {}
