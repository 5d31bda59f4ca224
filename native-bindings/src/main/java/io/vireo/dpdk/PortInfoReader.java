package io.vireo.dpdk;

import io.vireo.dpdk.ffi.rte_eth_desc_lim;
import io.vireo.dpdk.ffi.rte_eth_dev_info;
import java.lang.foreign.MemorySegment;

/** Reads {@code struct rte_eth_dev_info}. */
final class PortInfoReader {
    private PortInfoReader() {}

    static PortInfo read(MemorySegment info, int numaNode) {
        return new PortInfo(
                rte_eth_dev_info.driver_name(info).getString(0),
                rte_eth_dev_info.if_index(info),
                numaNode,
                Short.toUnsignedInt(rte_eth_dev_info.max_rx_queues(info)),
                Short.toUnsignedInt(rte_eth_dev_info.max_tx_queues(info)),
                Short.toUnsignedInt(rte_eth_dev_info.min_mtu(info)),
                Short.toUnsignedInt(rte_eth_dev_info.max_mtu(info)),
                Integer.toUnsignedLong(rte_eth_dev_info.max_rx_pktlen(info)),
                Short.toUnsignedInt(rte_eth_desc_lim.nb_max(rte_eth_dev_info.rx_desc_lim(info))),
                Short.toUnsignedInt(rte_eth_desc_lim.nb_max(rte_eth_dev_info.tx_desc_lim(info))),
                rte_eth_dev_info.rx_offload_capa(info),
                rte_eth_dev_info.tx_offload_capa(info),
                rte_eth_dev_info.flow_type_rss_offloads(info));
    }
}
