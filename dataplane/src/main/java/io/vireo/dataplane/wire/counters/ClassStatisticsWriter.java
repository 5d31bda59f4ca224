package io.vireo.dataplane.wire.counters;

import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_DELAYS;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_DROPS;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_DROPS_COUNT;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_GENERATION;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_GUARANTEED_WIRE_BYTES;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_MARKED_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_QUEUED_BYTES;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_QUEUED_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_ROW_LENGTH;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_SENT_BYTES;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_SENT_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_WIRE_BYTES;

import io.vireo.dataplane.wire.code.ClassDropReason;
import io.vireo.dataplane.wire.layout.DelayBuckets;
import java.lang.invoke.VarHandle;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes what classes of the scheduler do. One writer per class: the worker that owns its port, from {@link #begin}
 * until it has been ordered to remove the class. No allocation; a fence only in {@link #begin}.
 *
 * <p>Ids are trusted: the conductor has checked them. With assertions on they are checked again.
 */
public final class ClassStatisticsWriter {
    private final long address;
    private final int length;

    public ClassStatisticsWriter(UnsafeBuffer buffer) {
        address = buffer.addressOffset();
        length = buffer.capacity();
    }

    /** Begins the counters of a class anew: its id has been given to another. */
    public void begin(int classId) {
        long row = row(classId);
        long generation = UnsafeApi.getLong(row + CLASS_GENERATION);
        UnsafeApi.putLongOpaque(null, row + CLASS_GENERATION, generation | 1);
        VarHandle.storeStoreFence(); // odd before the first zero; pairs with the loadLoadFence in StatisticsReader
        for (int offset = 0; offset < CLASS_ROW_LENGTH; offset += Long.BYTES) {
            if (offset != CLASS_GENERATION) {
                UnsafeApi.putLongOpaque(null, row + offset, 0);
            }
        }
        // Pairs with the acquire in StatisticsReader.
        UnsafeApi.putLongRelease(null, row + CLASS_GENERATION, (generation | 1) + 1);
    }

    /** What a class has sent so far, see {@link ClassCounts}. */
    public void sent(int classId, long packets, long bytes, long markedPackets) {
        long row = row(classId);
        put(row + CLASS_SENT_PACKETS, packets);
        put(row + CLASS_SENT_BYTES, bytes);
        put(row + CLASS_MARKED_PACKETS, markedPackets);
    }

    /** What a class and all below it have had of the link so far, see {@link ClassCounts}. */
    public void served(int classId, long wireBytes, long guaranteedWireBytes) {
        long row = row(classId);
        put(row + CLASS_WIRE_BYTES, wireBytes);
        put(row + CLASS_GUARANTEED_WIRE_BYTES, guaranteedWireBytes);
    }

    /** What a class has queued now. */
    public void queued(int classId, long packets, long bytes) {
        long row = row(classId);
        put(row + CLASS_QUEUED_PACKETS, packets);
        put(row + CLASS_QUEUED_BYTES, bytes);
    }

    /**
     * What a class has dropped for a reason so far.
     *
     * @param reasonCode of a {@link ClassDropReason}
     */
    public void dropped(int classId, int reasonCode, long packets) {
        assert reasonCode > 0 && reasonCode < CLASS_DROPS_COUNT : "reasonCode=" + reasonCode;
        put(row(classId) + CLASS_DROPS + (long) reasonCode * Long.BYTES, packets);
    }

    /** Packets of a class left after this delay. */
    public void delayed(int classId, long delayNs, int packets) {
        long where = row(classId) + CLASS_DELAYS + (long) DelayBuckets.of(delayNs) * Integer.BYTES;
        UnsafeApi.putIntOpaque(null, where, UnsafeApi.getInt(where) + packets);
    }

    private static void put(long where, long value) {
        UnsafeApi.putLongOpaque(null, where, value);
    }

    private long row(int classId) {
        long offset = (long) classId * CLASS_ROW_LENGTH;
        assert offset >= 0 && offset <= length - CLASS_ROW_LENGTH : "classId=" + classId;
        return address + offset;
    }
}
