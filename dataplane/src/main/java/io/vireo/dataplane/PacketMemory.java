package io.vireo.dataplane;

import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.ExternalHeap;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.MempoolConfig;

/**
 * Where packets lie. With small pages each packet in hand costs TLB misses, in the stages as in the drivers: 128 packets lie on
 * more pages than a first-level TLB has entries. So where no hugepages are reserved for DPDK the kernel is asked for
 * transparent ones; it may give small pages instead, which costs speed only. The EAL cannot do that by itself: without
 * hugepages its memory is a shared file's, which is never backed by huge pages unless the administrator says so.
 *
 * <p>NICs need reserved hugepages anyhow, and zero-copy memif ports need memory that the other side can map: for both the EAL's
 * own memory is used, with {@code vireo.hugepages} or {@code vireo.pci} by itself, else with
 * {@code vireo.transparent.hugepages=false}.
 */
final class PacketMemory {
    private static final long PAGE_BYTES = 2L << 20;

    private PacketMemory() {}

    /** Makes the pool of all packets; it lives until the process ends. */
    static Mempool createPool(Context context) {
        MempoolConfig config = context.mempool();
        if (context.useTransparentHugepages()) {
            config.socketId(transparentHugePages(config.maxBytes()).socketId());
        }
        return Mempool.create("packets", config);
    }

    /** The region is never unmapped: drivers may keep addresses of packets until the EAL is gone. */
    private static ExternalHeap transparentHugePages(long minBytes) {
        long bytes = (minBytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
        return ExternalHeap.create("packets", new Region(bytes).address(), bytes, PAGE_BYTES);
    }
}
