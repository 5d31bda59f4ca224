package io.vireo.dpdk;

import io.vireo.dpdk.ffi.Dpdk;
import io.vireo.dpdk.ffi.rte_eth_conf;
import io.vireo.dpdk.ffi.rte_eth_dev_info;
import io.vireo.dpdk.ffi.rte_eth_link;
import io.vireo.dpdk.ffi.rte_eth_rss_conf;
import io.vireo.dpdk.ffi.rte_eth_rxmode;
import io.vireo.dpdk.ffi.rte_eth_xstat;
import io.vireo.dpdk.ffi.rte_eth_xstat_name;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A DPDK Ethernet device: a NIC's port or a virtual device. Control path, one thread at a time, except for what says
 * otherwise. Life: {@link #plug}, {@link #configure}, {@link #start}, then its queues may be polled; before {@link #stop} or
 * {@link #close} every thread must have left them.
 */
public final class EthdevPort implements AutoCloseable {
    /** Most ports at a time, and thus the bound of {@link #id}: fixed when DPDK was built (Debian: 32). */
    public static final int MAX_PORTS = Dpdk.RTE_MAX_ETHPORTS();

    private final int id;
    private final String name;
    private final MemorySegment link = Arena.global().allocate(rte_eth_link.sizeof(), Long.BYTES);
    private int rxQueues;
    private int txQueues;
    private boolean open = true;

    private EthdevPort(int id, String name) {
        this.id = id;
        this.name = name;
    }

    /**
     * Attaches a device, at any time after the EAL's start.
     *
     * @param device as DPDK spells it: a PCI address ({@code 0000:3b:00.0}), or a virtual device's driver, an own suffix and
     *     arguments ({@code net_af_packet_p0,iface=eth1}). The part before the first comma is the port's name.
     * @throws DpdkException when there is no such device, driver or argument, or the name is in use.
     */
    public static EthdevPort plug(String device) {
        String name = DeviceString.name(device);
        if (find(name) >= 0) {
            // DPDK would say yes, change nothing and hand out the device that is there.
            throw new DpdkException(
                    "cannot plug '" + device + "': a port called '" + name + "' is there already", RteErrno.EEXIST);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(device);
            NativeLog.Captured probe = NativeLog.during(() -> Dpdk.rte_dev_probe(text));
            if (probe.result() < 0) {
                throw PortFailure.plug(device, probe);
            }
        }
        return byName(name);
    }

    /**
     * Finds a port that is there already, such as one allowed at start.
     *
     * @throws DpdkException when there is none of that name.
     */
    public static EthdevPort byName(String name) {
        int id = find(name);
        RteErrno.check(id, "find port '" + name + "'");
        return new EthdevPort(id, name);
    }

    /** Returns the number of the port of that name, or a negative error number. */
    private static int find(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment id = arena.allocate(ValueLayout.JAVA_SHORT);
            int result = Dpdk.rte_eth_dev_get_port_by_name(arena.allocateFrom(name), id);
            return result < 0 ? result : Short.toUnsignedInt(id.get(ValueLayout.JAVA_SHORT, 0));
        }
    }

    /** Returns DPDK's number of it, 0..{@link #MAX_PORTS}-1; that of a closed port is used again. */
    public int id() {
        return id;
    }

    /** Returns its DPDK device name. */
    public String name() {
        return name;
    }

    /** Sets up queues and buffers, all receive queues from one pool. Only while stopped. */
    public void configure(PortConfig config, Mempool rxPool) {
        PortInfo info = info();
        requireQueues("rxQueues", config.rxQueues(), info.maxRxQueues(), info);
        requireQueues("txQueues", config.txQueues(), info.maxTxQueues(), info);
        try (Arena arena = Arena.ofConfined()) {
            configureDevice(arena, config, info);
            setUpQueues(arena, config, rxPool);
        }
        rxQueues = config.rxQueues();
        txQueues = config.txQueues();
    }

    private void requireQueues(String field, int asked, int max, PortInfo info) {
        if (asked > max) {
            throw new DpdkException(
                    "cannot configure " + this + ": " + field + " is " + asked + ", but " + info.driver()
                            + " has at most " + max,
                    RteErrno.EINVAL);
        }
    }

    private void configureDevice(Arena arena, PortConfig config, PortInfo info) {
        MemorySegment conf = arena.allocate(rte_eth_conf.layout());
        MemorySegment rxMode = rte_eth_conf.rxmode(conf);
        rte_eth_rxmode.mtu(rxMode, config.mtuBytes());
        long rssTypes = info.rssTypes() & (Dpdk.RTE_ETH_RSS_IP() | Dpdk.RTE_ETH_RSS_TCP() | Dpdk.RTE_ETH_RSS_UDP());
        if (config.rxQueues() > 1 && rssTypes != 0) {
            rte_eth_rxmode.mq_mode(rxMode, Dpdk.RTE_ETH_MQ_RX_RSS());
            rte_eth_rss_conf.rss_hf(rte_eth_conf.rx_adv_conf.rss_conf(rte_eth_conf.rx_adv_conf(conf)), rssTypes);
        }
        NativeLog.Captured configure = NativeLog.during(() ->
                Dpdk.rte_eth_dev_configure((short) id, (short) config.rxQueues(), (short) config.txQueues(), conf));
        PortFailure.check(configure, "configure " + this);
    }

    private void setUpQueues(Arena arena, PortConfig config, Mempool rxPool) {
        MemorySegment rx = arena.allocateFrom(ValueLayout.JAVA_SHORT, (short) config.rxDescriptors());
        MemorySegment tx = arena.allocateFrom(ValueLayout.JAVA_SHORT, (short) config.txDescriptors());
        RteErrno.check(Dpdk.rte_eth_dev_adjust_nb_rx_tx_desc((short) id, rx, tx), "set the descriptors of " + this);
        int socketId = Dpdk.rte_eth_dev_socket_id((short) id);
        for (int queue = 0; queue < config.rxQueues(); queue++) {
            setUpRxQueue((short) queue, rx.get(ValueLayout.JAVA_SHORT, 0), socketId, rxPool);
        }
        for (int queue = 0; queue < config.txQueues(); queue++) {
            setUpTxQueue((short) queue, tx.get(ValueLayout.JAVA_SHORT, 0), socketId);
        }
    }

    private void setUpRxQueue(short queue, short descriptors, int socketId, Mempool rxPool) {
        MemorySegment pool = MemorySegment.ofAddress(rxPool.address());
        NativeLog.Captured setUp = NativeLog.during(
                () -> Dpdk.rte_eth_rx_queue_setup((short) id, queue, descriptors, socketId, MemorySegment.NULL, pool));
        PortFailure.check(setUp, "set up receive queue " + queue + " of " + this);
    }

    private void setUpTxQueue(short queue, short descriptors, int socketId) {
        NativeLog.Captured setUp = NativeLog.during(
                () -> Dpdk.rte_eth_tx_queue_setup((short) id, queue, descriptors, socketId, MemorySegment.NULL));
        PortFailure.check(setUp, "set up transmit queue " + queue + " of " + this);
    }

    /** Starts rx and tx. The port must be configured. */
    public void start() {
        if (rxQueues + txQueues == 0) {
            throw new IllegalStateException("configure " + this + " before starting it");
        }
        PortFailure.check(NativeLog.during(() -> Dpdk.rte_eth_dev_start((short) id)), "start " + this);
    }

    /** Stops rx and tx. It may be started, or configured, again. */
    public void stop() {
        RteErrno.check(Dpdk.rte_eth_dev_stop((short) id), "stop " + this);
    }

    /** Stops it, frees its queues and buffers, and detaches the device. */
    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment device = rte_eth_dev_info.device(infoSegment(arena));
            // Each of them must be tried, whatever the one before said: what is left would hold the device's name.
            int stopped = Dpdk.rte_eth_dev_stop((short) id);
            int closed = Dpdk.rte_eth_dev_close((short) id);
            int removed = Dpdk.rte_dev_remove(device);
            RteErrno.check(stopped, "stop " + this);
            RteErrno.check(closed, "close " + this);
            RteErrno.check(removed, "detach " + this);
        }
    }

    /** Returns where packets arrive; {@code queue} is 0..rxQueues-1. */
    public RxQueue rxQueue(int queue) {
        return new RxQueue(id, Range.check("rx queue of " + this, queue, 0, rxQueues - 1));
    }

    /** Returns where packets leave; {@code queue} is 0..txQueues-1. */
    public TxQueue txQueue(int queue) {
        return new TxQueue(id, Range.check("tx queue of " + this, queue, 0, txQueues - 1));
    }

    /** Refreshes {@code into}. Any thread, each with its own {@code into}. Allocates nothing. */
    public void readStats(PortStats into) {
        RteErrno.check(FastPath.stats(id, into.address()), "read the counters of a port");
    }

    /** Returns whether there is a carrier, without waiting. Allocates nothing. */
    public boolean linkUp() {
        return readLink() && linkStatusBit();
    }

    /**
     * Returns the speed as negotiated; 0 without a carrier, {@code 0xFFFFFFFF} when the driver cannot say. Allocates nothing.
     */
    public long linkSpeedMegabitsPerSecond() {
        RteErrno.check(readLink() ? 0 : -RteErrno.ENODEV, "read the link of a port");
        return linkStatusBit() ? Integer.toUnsignedLong(rte_eth_link.link_speed(link)) : 0;
    }

    private boolean readLink() {
        return FastPath.link(id, link.address()) == 0;
    }

    /** {@code link_duplex:1, link_autoneg:1, link_status:1} share the 16 bits behind {@code link_speed}. */
    private boolean linkStatusBit() {
        long bits = link.address() + rte_eth_link.link_speed$offset() + Integer.BYTES;
        return (Memory.getUnsignedShort(bits) >> 2 & 1) == Dpdk.RTE_ETH_LINK_UP();
    }

    /** Returns its MAC address, 6 bytes. */
    public byte[] mac() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mac = arena.allocate(Dpdk.RTE_ETHER_ADDR_LEN());
            RteErrno.check(Dpdk.rte_eth_macaddr_get((short) id, mac), "read the MAC address of " + this);
            return mac.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /**
     * Asks to receive frames for every MAC address, or no longer.
     *
     * @return false if the device cannot be asked.
     */
    public boolean promiscuous(boolean enabled) {
        int result =
                enabled ? Dpdk.rte_eth_promiscuous_enable((short) id) : Dpdk.rte_eth_promiscuous_disable((short) id);
        return granted(result, "promiscuous mode");
    }

    /**
     * Asks to receive every multicast frame, or no longer.
     *
     * @return false if the device cannot be asked.
     */
    public boolean allMulticast(boolean enabled) {
        int result =
                enabled ? Dpdk.rte_eth_allmulticast_enable((short) id) : Dpdk.rte_eth_allmulticast_disable((short) id);
        return granted(result, "all-multicast mode");
    }

    private boolean granted(int result, String what) {
        if (result == -RteErrno.ENOTSUP) {
            return false;
        }
        RteErrno.check(result, "set " + what + " of " + this);
        return true;
    }

    /**
     * Sets the MTU, bytes, while it is started or stopped.
     *
     * @throws DpdkException when the device refuses; then the MTU is what it was.
     */
    public void setMtuBytes(int mtuBytes) {
        NativeLog.Captured set = NativeLog.during(() -> Dpdk.rte_eth_dev_set_mtu((short) id, (short) mtuBytes));
        PortFailure.check(set, "set the MTU of " + this + " to " + mtuBytes + " bytes");
    }

    /** Returns the MTU, bytes. */
    public int mtuBytes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mtu = arena.allocate(ValueLayout.JAVA_SHORT);
            RteErrno.check(Dpdk.rte_eth_dev_get_mtu((short) id, mtu), "read the MTU of " + this);
            return Short.toUnsignedInt(mtu.get(ValueLayout.JAVA_SHORT, 0));
        }
    }

    /** Returns what the driver says it can do. */
    public PortInfo info() {
        try (Arena arena = Arena.ofConfined()) {
            return PortInfoReader.read(infoSegment(arena), Dpdk.rte_eth_dev_socket_id((short) id));
        }
    }

    private MemorySegment infoSegment(Arena arena) {
        MemorySegment info = arena.allocate(rte_eth_dev_info.layout());
        RteErrno.check(Dpdk.rte_eth_dev_info_get((short) id, info), "read the properties of " + this);
        return info;
    }

    /** Returns every counter the driver has, by its own name for it. */
    public Map<String, Long> extendedStats() {
        int count = Dpdk.rte_eth_xstats_get_names((short) id, MemorySegment.NULL, 0);
        RteErrno.check(count, "read the counters of " + this);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment names = rte_eth_xstat_name.allocateArray(count, arena);
            MemorySegment values = rte_eth_xstat.allocateArray(count, arena);
            int named = Dpdk.rte_eth_xstats_get_names((short) id, names, count);
            int read = Dpdk.rte_eth_xstats_get((short) id, values, count);
            RteErrno.check(Math.min(named, read), "read the counters of " + this);
            Map<String, Long> stats = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(count, read); i++) {
                MemorySegment value = rte_eth_xstat.asSlice(values, i);
                MemorySegment statName = rte_eth_xstat_name.asSlice(names, rte_eth_xstat.id(value));
                stats.put(rte_eth_xstat_name.name(statName).getString(0), rte_eth_xstat.value(value));
            }
            return stats;
        }
    }

    @Override
    public String toString() {
        return "port '" + name + "'";
    }
}
