package io.vireo.bench.linerate.traffic;

import io.vireo.dpdk.DpdkException;
import io.vireo.dpdk.EthdevPort;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.PortConfig;
import io.vireo.dpdk.RxQueue;
import io.vireo.dpdk.TxQueue;

/** A port of the generator. One thread. */
final class GeneratorPort implements AutoCloseable {
    private static final int DESCRIPTORS = 1024;
    private static final int MTU = 1500;

    private final EthdevPort port;

    GeneratorPort(String device, Mempool pool) {
        port = EthdevPort.plug(device);
        try {
            port.configure(
                    new PortConfig()
                            .rxQueues(1)
                            .txQueues(1)
                            .rxDescriptors(DESCRIPTORS)
                            .txDescriptors(DESCRIPTORS)
                            .mtuBytes(MTU),
                    pool);
        } catch (DpdkException e) {
            port.close();
            throw e;
        }
    }

    /** Starts it: a memif client reaches for its server now. */
    void start() {
        port.start();
        port.promiscuous(true); // what returns is for no address of its own; memif cannot be asked, and does not mind
    }

    boolean isUp() {
        return port.linkUp();
    }

    TxQueue toDevice() {
        return port.txQueue(0);
    }

    RxQueue fromDevice() {
        return port.rxQueue(0);
    }

    @Override
    public void close() {
        port.close();
    }
}
