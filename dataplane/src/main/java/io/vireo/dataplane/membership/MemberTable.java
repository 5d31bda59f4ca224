package io.vireo.dataplane.membership;

import io.vireo.dataplane.schedule.order.FilterMemory;
import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;
import org.agrona.UnsafeApi;

/**
 * Which list of members each interface has: the place of its image in an array that all share.
 *
 * <p>Single writer: the conductor. Readers: every worker, per packet that comes in by an interface with a list. An image is complete
 * before its place is published, in one store; a replaced one stays until every worker has forgotten it. So a packet is looked up in the
 * old list or in the new one.
 */
public final class MemberTable {
    /** No list. */
    public static final int NONE = -1;

    /** Longs of the longest image: a block of the memory. */
    private static final int MAX_IMAGE_LOG2 = 20;

    private final FilterMemory memory;
    private final long places;

    /** @param longs room for all images, in longs of 8 bytes. */
    public MemberTable(int interfaces, int longs) {
        memory = new FilterMemory(longs, MAX_IMAGE_LOG2);
        places = new Region((long) interfaces << 2).address();
    }

    /** Where images are: for {@link #placeOf}. */
    public long[] words() {
        return memory.words();
    }

    /** Where blocks for images are taken from. Conductor only. */
    public FilterMemory memory() {
        return memory;
    }

    /** Where an interface's image is, or {@link #NONE}. Plain: the reads in the image depend on it. */
    public int placeOf(int interfaceId) {
        return Memory.getInt(places + ((long) interfaceId << 2)) - 1;
    }

    /** Shows the workers another image, or none. Conductor only. */
    public void publish(int interfaceId, int place) {
        // Release: a worker that reads the place (placeOf) also sees the image.
        UnsafeApi.putIntRelease(null, places + ((long) interfaceId << 2), place + 1);
    }
}
