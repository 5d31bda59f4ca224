package io.vireo.bench.linerate;

import io.vireo.dpdk.Eal;
import io.vireo.dpdk.EalContext;
import io.vireo.dpdk.EthdevPort;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.MempoolConfig;
import io.vireo.dpdk.PortConfig;
import io.vireo.dpdk.WorkerThread;

/**
 * The simplest device: {@code ForwarderMain IN OUT FLAW} hands frames from one port to the other. With FLAW {@code ttl} it
 * changes the TTL of every thousandth frame.
 */
final class ForwarderMain {
    static final String READY = "ready";
    static final String THREAD = "forwarder";
    private static final int BURST = 32;
    private static final int TTL_OFFSET = 22;
    private static final int FLAWED = 1000;

    private ForwarderMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (Eal _ = Eal.start(new EalContext().memoryMegabytes(64))) {
            Thread thread = new Thread(() -> forward(arguments), THREAD);
            thread.start();
            thread.join();
        }
    }

    private static void forward(String[] arguments) {
        try (WorkerThread _ = WorkerThread.register();
                Mempool pool = Mempool.create("pool", new MempoolConfig().mbufs(8191))) {
            EthdevPort in = open(arguments[0], pool);
            EthdevPort out = open(arguments[1], pool);
            MbufArray burst = MbufArray.allocate(BURST);
            System.out.println(READY);
            long frames = 0;
            while (true) {
                int count = in.rxQueue(0).receive(burst, 0, BURST);
                for (int i = 0; i < count; i++) {
                    if (++frames % FLAWED == 0 && arguments[2].equals("ttl")) {
                        Memory.putByte(Mbuf.dataAddress(burst.get(i)) + TTL_OFFSET, (byte) 7);
                    }
                }
                int sent = out.txQueue(0).send(burst, 0, count);
                Mempool.free(burst, sent, count - sent);
                Thread.onSpinWait();
            }
        }
    }

    private static EthdevPort open(String device, Mempool pool) {
        EthdevPort port = EthdevPort.plug(device);
        port.configure(new PortConfig().rxQueues(1).txQueues(1), pool);
        port.start();
        return port;
    }
}
