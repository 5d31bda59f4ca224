package io.vireo.dataplane;

import io.vireo.dpdk.EthdevPort;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.PortConfig;
import io.vireo.dpdk.RxQueue;
import io.vireo.dpdk.TxQueue;
import io.vireo.dpdk.ffi.Dpdk;
import io.vireo.dpdk.ffi.rte_eth_fp_ops;
import io.vireo.dpdk.ffi.rte_ethdev_qdata;

/**
 * A cable from a port of a data plane to the test, through which millions of frames go without a file.
 *
 * <p>A {@code net_ring} port receives what it sends itself. Of two of them the receive queues are exchanged: so each receives what the
 * other sends.
 */
public final class RingWire implements AutoCloseable {
    /** Frames that go in at once, at most. */
    public static final int BURST = 32;

    private static final int MAX_TAKEN = 256;

    private final Mempool pool;
    private final EthdevPort end;
    private final TxQueue tx;
    private final RxQueue rx;
    private final MbufArray put = MbufArray.allocate(BURST);
    private final MbufArray taken = MbufArray.allocate(MAX_TAKEN);
    private int putCount;
    private int takenCount;

    /** @param device a {@code net_ring} port that has been started. */
    RingWire(String device, Mempool pool) {
        this.pool = pool;
        end = EthdevPort.plug(device + "e");
        end.configure(new PortConfig(), pool);
        end.start();
        tx = end.txQueue(0);
        rx = end.rxQueue(0);
        cross(queues(end.id()), queues(EthdevPort.byName(device).id()));
    }

    private static long queues(int port) {
        return Dpdk.rte_eth_fp_ops(port).address() + rte_eth_fp_ops.rxq$offset() + rte_ethdev_qdata.data$offset();
    }

    private static void cross(long one, long other) {
        long queue = Memory.getLong(one);
        Memory.putLong(one, Memory.getLong(other));
        Memory.putLong(other, queue);
    }

    /** Puts the next frame of a burst into a buffer, behind which stands whatever an earlier one left. */
    public void put(byte[] frame, int length) {
        put(frame, length, length);
    }

    /** As {@link #put(byte[], int)}; behind the frame stands the rest of these bytes. */
    public void put(byte[] frame, int copied, int length) {
        if (pool.allocate(put, putCount, 1) == 0) {
            throw new AssertionError("no packet buffers left");
        }
        long mbuf = put.get(putCount++);
        Memory.copy(frame, 0, Mbuf.dataAddress(mbuf), copied);
        Mbuf.setLength(mbuf, length);
    }

    /** Sends what was put. */
    public void flush() {
        if (tx.send(put, 0, putCount) != putCount) {
            throw new AssertionError("no room in the ring");
        }
        putCount = 0;
    }

    /** Which frame of the last burst was put into a buffer, -1: none. */
    public int origin(long mbuf) {
        for (int n = 0; n < BURST; n++) {
            if (put.get(n) == mbuf) {
                return n;
            }
        }
        return -1;
    }

    /** Takes what the data plane has sent: so many frames, to be freed. */
    public int take() {
        takenCount = rx.receive(taken, 0, MAX_TAKEN);
        return takenCount;
    }

    /** The buffer in which a frame was taken. */
    public long mbuf(int index) {
        return taken.get(index);
    }

    public int length(int index) {
        return Mbuf.packetLength(taken.get(index));
    }

    public int octet(int index, int at) {
        return Memory.getUnsignedByte(Mbuf.dataAddress(taken.get(index)) + at);
    }

    /** The frame that was taken. */
    public byte[] frame(int index) {
        byte[] frame = new byte[Mbuf.packetLength(taken.get(index))];
        int at = 0;
        for (long mbuf = taken.get(index); mbuf != 0; mbuf = Mbuf.next(mbuf)) {
            Memory.copy(Mbuf.dataAddress(mbuf), frame, at, Mbuf.dataLength(mbuf));
            at += Mbuf.dataLength(mbuf);
        }
        return frame;
    }

    public void free() {
        Mempool.free(taken, 0, takenCount);
        takenCount = 0;
    }

    @Override
    public void close() {
        while (take() > 0) {
            free();
        }
        end.close();
    }
}
