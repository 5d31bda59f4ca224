package io.vireo.dataplane.conductor;

import io.vireo.dpdk.DpdkException;
import io.vireo.dpdk.EthdevPort;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.PortConfig;
import io.vireo.dpdk.PortStats;
import io.vireo.dpdk.RxQueue;
import io.vireo.dpdk.TxQueue;

/**
 * A port and what the conductor notes about it: started, or detached when its device is gone. Single user: the conductor.
 */
final class PluggedPort {
    /** Twice java.lang.invoke's threshold for customising a method handle. */
    private static final int CALLS_UNTIL_SPECIALISED = 256;

    /**
     * The driver that claims to receive no more than an Ethernet frame of 1,518 bytes, and receives what fits into a frame of
     * its ring ({@code framesz}); the device's own MTU is the host's to set.
     */
    private static final String AF_PACKET = "net_af_packet";

    private static final int ETHERNET_MTU = 1500;

    private final EthdevPort port;
    private PortRequest request;
    private boolean isOpen = true;
    private final long mac;
    private boolean linkUp;
    private int speedMbps;
    private int interfaces;
    private byte mark;

    private PluggedPort(PortRequest request, EthdevPort port) {
        this.request = request;
        this.port = port;
        mac = macOf(port.mac());
        readLink();
    }

    /** Attaches, configures and starts a device; on failure nothing of it is left. */
    static PluggedPort plug(PortRequest request, Mempool pool) {
        EthdevPort port = EthdevPort.plug(request.devargs());
        try {
            // One transmit queue would do, but some drivers (af_packet) want as many as receive queues.
            port.configure(
                    new PortConfig()
                            .rxQueues(request.rxQueues())
                            .txQueues(request.rxQueues())
                            .rxDescriptors(request.descriptors())
                            .txDescriptors(request.descriptors())
                            .mtuBytes(driverMtu(port, request.mtu())),
                    pool);
            port.start();
            port.promiscuous(true);
            port.allMulticast(true);
            return new PluggedPort(request, port);
        } catch (DpdkException e) {
            closeQuietly(port, e);
            throw e;
        }
    }

    private static int driverMtu(EthdevPort port, int mtu) {
        return port.info().driver().equals(AF_PACKET) ? Math.min(mtu, ETHERNET_MTU) : mtu;
    }

    /** Takes over what was noted of a port whose device had gone. */
    void succeed(PluggedPort detached) {
        interfaces = detached.interfaces;
    }

    /**
     * Gives the device another MTU while it works.
     *
     * @throws DpdkException when it refuses; then nothing has changed.
     */
    void changeMtu(PortRequest changed) {
        if (!port.info().driver().equals(AF_PACKET)) {
            port.setMtuBytes(changed.mtu());
        }
        request = changed;
    }

    private static void closeQuietly(EthdevPort port, DpdkException cause) {
        try {
            port.close();
        } catch (DpdkException e) {
            cause.addSuppressed(e);
        }
    }

    private static long macOf(byte[] octets) {
        long mac = 0;
        for (byte octet : octets) {
            mac = (mac << Byte.SIZE) | (octet & 0xff);
        }
        return mac;
    }

    /**
     * Asks for carrier and counters often enough for the JVM to have specialised the native calls, which allocates: that
     * belongs to plugging and not to a later, seemingly idle moment.
     */
    void warmUp(PortStats stats) {
        for (int n = 0; n < CALLS_UNTIL_SPECIALISED; n++) {
            port.linkUp();
            port.readStats(stats);
        }
    }

    /** Whether the carrier came or went since last asked. */
    boolean hasLinkChanged() {
        if (port.linkUp() == linkUp) {
            return false;
        }
        readLink();
        return true;
    }

    private void readLink() {
        linkUp = port.linkUp();
        speedMbps = (int) Math.min(port.linkSpeedMegabitsPerSecond(), Integer.MAX_VALUE);
    }

    /** Whether it has a device; else it is detached. */
    boolean isOpen() {
        return isOpen;
    }

    PortRequest request() {
        return request;
    }

    RxQueue rxQueue(int queue) {
        return port.rxQueue(queue);
    }

    TxQueue txQueue() {
        return port.txQueue(0);
    }

    void readStats(PortStats into) {
        port.readStats(into);
    }

    boolean isLinkUp() {
        return linkUp;
    }

    int speedMbps() {
        return speedMbps;
    }

    /** First octet most significant. */
    long mac() {
        return mac;
    }

    int interfaces() {
        return interfaces;
    }

    void addInterfaces(int difference) {
        interfaces += difference;
    }

    byte mark() {
        return mark;
    }

    void mark(byte resync) {
        mark = resync;
    }

    /** The device is gone; {@link #close} is still to be called, when no worker uses it any more. */
    void detach() {
        isOpen = false;
        linkUp = false;
        speedMbps = 0;
    }

    void close() {
        port.close();
    }
}
