package io.vireo.dpdk;

import io.vireo.dpdk.ffi.rte_eth_stats;
import java.lang.foreign.Arena;

/**
 * A port's counters as of the last {@link EthdevPort#readStats}, counting from the port's start. Reuse one: its memory lives until the
 * process ends. Not thread-safe.
 */
public final class PortStats {
    private final long address =
            Arena.global().allocate(rte_eth_stats.sizeof(), Long.BYTES).address();

    long address() {
        return address;
    }

    /** Returns packets received. */
    public long rxPackets() {
        return Memory.getLong(address + rte_eth_stats.ipackets$offset());
    }

    /** Returns bytes received, without FCS on most drivers. */
    public long rxBytes() {
        return Memory.getLong(address + rte_eth_stats.ibytes$offset());
    }

    /** Returns packets sent. */
    public long txPackets() {
        return Memory.getLong(address + rte_eth_stats.opackets$offset());
    }

    /** Returns bytes sent, without FCS on most drivers. */
    public long txBytes() {
        return Memory.getLong(address + rte_eth_stats.obytes$offset());
    }

    /** Returns packets the device dropped because its receive queue was full: we polled too slowly. */
    public long rxMissed() {
        return Memory.getLong(address + rte_eth_stats.imissed$offset());
    }

    /** Returns damaged packets received. */
    public long rxErrors() {
        return Memory.getLong(address + rte_eth_stats.ierrors$offset());
    }

    /** Returns packets that could not be sent. */
    public long txErrors() {
        return Memory.getLong(address + rte_eth_stats.oerrors$offset());
    }

    /** Returns times the driver found its mempool empty. */
    public long rxNoMbuf() {
        return Memory.getLong(address + rte_eth_stats.rx_nombuf$offset());
    }
}
