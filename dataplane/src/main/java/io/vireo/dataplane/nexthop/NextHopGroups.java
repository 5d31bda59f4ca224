package io.vireo.dataplane.nexthop;

import io.vireo.dataplane.path.FlowHash;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;
import org.agrona.UnsafeApi;

/**
 * Equal-cost groups as the workers see them: a row of {@link #BUCKETS} adjacencies per group, in which each member has a share
 * by its weight ({@link BucketAssignment}). The flow picks the bucket, so a flow keeps its way, and no division is made. Beside
 * them the seed of the flows' hash.
 *
 * <p>Single writer: the conductor, of a row only while no worker can reach it. Readers: every worker.
 */
public final class NextHopGroups {
    /** Buckets of a row: a member's share is exact to 1/1024, and one of 128 equal members has 8. */
    public static final int BUCKETS = 1024;

    /** Maximum members of a group. */
    public static final int MAX_MEMBERS = 128;

    /** Set in a next-hop index that names a group and not an adjacency. */
    public static final int GROUP_BIT = 1 << 28;

    private static final int ROW_SHIFT = 12;
    private static final int BUCKET_SHIFT = Integer.SIZE - 10;
    private static final int SEED_BYTES = 64;

    private final long seedAddress;
    private final long base;
    private final int capacity;

    public NextHopGroups(int capacity) {
        this.capacity = capacity;
        seedAddress = new Region(SEED_BYTES).address();
        base = new Region((long) capacity << ROW_SHIFT).address();
    }

    public int capacity() {
        return capacity;
    }

    public static boolean isGroup(int nextHop) {
        return (nextHop & GROUP_BIT) != 0;
    }

    /** The next-hop index of a group's row. */
    public static int nextHopOf(int row) {
        return row | GROUP_BIT;
    }

    /** The row of a next-hop index that {@link #isGroup}. */
    public static int rowOf(int nextHop) {
        return nextHop & ~GROUP_BIT;
    }

    /**
     * The adjacency that a flow takes.
     *
     * @param nextHop a group's index.
     * @param flowHash its upper bits choose.
     */
    public int member(int nextHop, int flowHash) {
        return bucket(rowOf(nextHop), flowHash >>> BUCKET_SHIFT);
    }

    /**
     * The adjacency that a packet takes: the next hop, or the member that its flow chooses.
     *
     * @param router whose packet it is.
     * @param packet address of its IP header, of either version.
     * @param bytes of the packet.
     */
    public int adjacencyOf(int nextHop, int router, long packet, int bytes) {
        return isGroup(nextHop) ? member(nextHop, flowHash(router, packet, bytes)) : nextHop;
    }

    /** The hash of a packet's flow with the node's seed; parameters as of {@link #adjacencyOf}. */
    public int flowHash(int router, long packet, int bytes) {
        long seed = FlowHash.seed(seed(), router);
        return Ipv4.isVersion4(packet) ? FlowHash.ipv4(packet, bytes, seed) : FlowHash.ipv6(packet, bytes, seed);
    }

    /** The adjacency of one bucket, 0..{@link #BUCKETS} - 1. */
    int bucket(int row, int index) {
        return Memory.getInt(address(row, index));
    }

    /**
     * Fills a row. Conductor only, before the row's index is put into a table (whose release publishes it).
     *
     * @param adjacencies one for each bucket.
     */
    void define(int row, int[] adjacencies) {
        for (int b = 0; b < BUCKETS; b++) {
            Memory.putInt(address(row, b), adjacencies[b]);
        }
    }

    boolean hasBuckets(int row, int[] adjacencies) {
        for (int b = 0; b < BUCKETS; b++) {
            if (bucket(row, b) != adjacencies[b]) {
                return false;
            }
        }
        return true;
    }

    /** The node's seed, for {@link FlowHash#seed}. Plain read: a packet is hashed with the old one or the new one. */
    public long seed() {
        return Memory.getLong(seedAddress);
    }

    /** Has flows hashed by another seed from now on: many move to another member. Conductor only. */
    public void setSeed(long seed) {
        UnsafeApi.putLongRelease(null, seedAddress, FlowHash.spread(seed));
    }

    private long address(int row, int bucket) {
        return base + ((long) row << ROW_SHIFT) + ((long) bucket << 2);
    }
}
