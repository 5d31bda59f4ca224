package io.vireo.bench.linerate.traffic;

import io.vireo.dpdk.DpdkException;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.RxQueue;
import io.vireo.dpdk.TxQueue;

/** The generator's end of the wire: the port it sends from and the port it expects frames on, which may be one. One thread. */
final class GeneratorPorts implements AutoCloseable {
    private final GeneratorPort sending;
    private final GeneratorPort receiving;

    /**
     * Attaches the ports.
     *
     * @param sendingDevice as DPDK spells it
     * @param receivingDevice likewise; the same text for one port that does both
     * @param pool for what is received
     */
    GeneratorPorts(String sendingDevice, String receivingDevice, Mempool pool) {
        sending = new GeneratorPort(sendingDevice, pool);
        try {
            receiving = receivingDevice.equals(sendingDevice) ? sending : new GeneratorPort(receivingDevice, pool);
        } catch (DpdkException e) {
            sending.close();
            throw e;
        }
    }

    /** Starts both ports, once both are there: one must not be attached while the other's handshake is under way. */
    void start() {
        sending.start();
        if (!isOnePort()) {
            receiving.start();
        }
    }

    /** Whether both ports have a carrier. */
    boolean isUp() {
        return sending.isUp() && receiving.isUp();
    }

    TxQueue toDevice() {
        return sending.toDevice();
    }

    RxQueue fromDevice() {
        return receiving.fromDevice();
    }

    /** Where frames would arrive that came back the way they went; not to be polled when there is but one port. */
    RxQueue backFromDevice() {
        return sending.fromDevice();
    }

    boolean isOnePort() {
        return sending == receiving;
    }

    @Override
    public void close() {
        sending.close();
        receiving.close();
    }
}
