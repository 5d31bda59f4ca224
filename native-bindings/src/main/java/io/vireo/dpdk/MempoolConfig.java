package io.vireo.dpdk;

import io.vireo.dpdk.ffi.Dpdk;

/** The size of a {@link Mempool}. Fluent; each setter checks its range. */
public final class MempoolConfig {
    private static final int UINT16_MAX = 0xFFFF;

    /** What DPDK adds to an object at most, so that objects begin on different memory channels. */
    private static final long SPREAD_BYTES = 256;

    /** A cache of 12 KiB for each of 128 lcores, the pool itself, and ends of pages that no object fits in. */
    private static final long CACHES_BYTES = 4L << 20;

    private int mbufs = 8191;
    private int cacheMbufs = 256;
    private int dataRoomBytes = Dpdk.RTE_MBUF_DEFAULT_BUF_SIZE();
    private int privateBytes;
    private int socketId = Eal.ANY_SOCKET;

    /** Mbufs in all, 1 or more; a power of two minus one wastes least. Default 8191. */
    public MempoolConfig mbufs(int mbufs) {
        this.mbufs = Range.check("mbufs", mbufs, 1, Integer.MAX_VALUE / 2);
        return this;
    }

    /** Mbufs each registered thread may keep, 0..512 and at most two thirds of {@link #mbufs}. Default 256. */
    public MempoolConfig cacheMbufs(int cacheMbufs) {
        this.cacheMbufs = Range.check("cacheMbufs", cacheMbufs, 0, Dpdk.RTE_MEMPOOL_CACHE_MAX_SIZE());
        return this;
    }

    /** Bytes of each buffer with its 128 bytes of headroom, 128..65535. Default 2176: a 2048-byte frame. */
    public MempoolConfig dataRoomBytes(int dataRoomBytes) {
        this.dataRoomBytes = Range.check("dataRoomBytes", dataRoomBytes, Mbuf.HEADROOM_BYTES, UINT16_MAX);
        return this;
    }

    /** Bytes of the application between an mbuf and its buffer, a multiple of 8. Default 0. Found at {@code mbuf + Mbuf.SIZE_BYTES}. */
    public MempoolConfig privateBytes(int privateBytes) {
        this.privateBytes = Range.check("privateBytes", privateBytes, 0, UINT16_MAX);
        if (privateBytes % Long.BYTES != 0) {
            throw new IllegalArgumentException("privateBytes must be a multiple of 8, not " + privateBytes);
        }
        return this;
    }

    /** NUMA node of the memory, or {@link Eal#ANY_SOCKET}, the default. */
    public MempoolConfig socketId(int socketId) {
        this.socketId = socketId;
        return this;
    }

    int mbufs() {
        return mbufs;
    }

    /** A small pool gets a small cache, as DPDK refuses one of more than two thirds of the pool. */
    int cacheMbufs() {
        return Math.min(cacheMbufs, mbufs * 2 / 3);
    }

    int dataRoomBytes() {
        return dataRoomBytes;
    }

    int privateBytes() {
        return privateBytes;
    }

    int socketId() {
        return socketId;
    }

    /** Memory that the pool takes at most, its ring and its caches for all threads included, bytes. */
    public long maxBytes() {
        long ringBytes = (long) Long.BYTES * Integer.highestOneBit(mbufs) * 2;
        return (objectBytes() + SPREAD_BYTES) * mbufs + ringBytes + CACHES_BYTES;
    }

    long approximateMegabytes() {
        return ((objectBytes() * mbufs) >> 20) + 1;
    }

    private long objectBytes() {
        return Mbuf.SIZE_BYTES + privateBytes + dataRoomBytes + 2L * Dpdk.RTE_CACHE_LINE_SIZE();
    }
}
