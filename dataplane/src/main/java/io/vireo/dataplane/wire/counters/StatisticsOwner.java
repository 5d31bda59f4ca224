package io.vireo.dataplane.wire.counters;

import static io.vireo.dataplane.wire.layout.SharedLayout.ANSWER_ROW_LENGTH;
import static io.vireo.dataplane.wire.layout.SharedLayout.DROP_ROW_LENGTH;
import static io.vireo.dataplane.wire.layout.SharedLayout.INPUT_ERRORS;
import static io.vireo.dataplane.wire.layout.SharedLayout.MISSED_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.NO_BUFFER_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.OUTPUT_ERRORS;
import static io.vireo.dataplane.wire.layout.SharedLayout.PUNT_ROW_LENGTH;
import static io.vireo.dataplane.wire.layout.SharedLayout.ROW_LENGTH;

import io.vireo.dataplane.wire.layout.SharedLayout;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The conductor's part of the statistics: begins an id's counters anew when the id is given to another, and copies what
 * the devices count. Single writer: the conductor. No allocation.
 *
 * <p>A row belongs to its worker. The conductor may zero it only while no worker can count for the id: after it was
 * taken out of the tables and every worker has passed a quiescent state; the publication of the tables that bring the
 * id back then orders the zeros before the first count.
 *
 * <p>Readers cope by the row's generation: odd while it is being zeroed, the next even number afterwards. A reader that
 * sees an odd or changed generation reads again; a consumer that sees another generation than last time knows that the
 * counters began anew.
 */
public final class StatisticsOwner {
    private final SharedLayout layout;
    private final UnsafeBuffer conductor;
    private final UnsafeBuffer[] workers;

    public StatisticsOwner(SharedLayout layout, UnsafeBuffer conductor, UnsafeBuffer[] workers) {
        this.layout = layout;
        this.conductor = conductor;
        this.workers = workers;
    }

    /** Begins the counters of an interface anew. Only while no worker can count for it. */
    public void zeroInterface(int interfaceId) {
        int generation = SharedLayout.interfaceGenerationOffset(interfaceId);
        beginZeroing(generation);
        zero(SharedLayout.interfaceRowOffset(interfaceId), ROW_LENGTH);
        endZeroing(generation);
    }

    /**
     * Begins the counters of a virtual router anew, drop reasons, punt classes and kinds of answers included. Only while
     * no worker can count for it.
     */
    public void zeroRouter(int routerId) {
        int generation = layout.routerGenerationOffset(routerId);
        beginZeroing(generation);
        zero(layout.routerRowOffset(routerId), ROW_LENGTH);
        zero(layout.dropRowOffset(routerId), DROP_ROW_LENGTH);
        zero(layout.puntRowOffset(routerId), PUNT_ROW_LENGTH);
        zero(layout.answerRowOffset(routerId), ANSWER_ROW_LENGTH);
        endZeroing(generation);
    }

    /** Begins the counters of a port anew, the device's included. Only while no worker can count for it. */
    public void zeroPort(int portId) {
        int generation = layout.portGenerationOffset(portId);
        beginZeroing(generation);
        zero(layout.portRowOffset(portId), ROW_LENGTH);
        deviceCounts(portId, 0, 0, 0, 0);
        endZeroing(generation);
    }

    /**
     * Publishes what a device counts itself.
     *
     * @param portId 0..63
     * @param missedPackets dropped by the device: no worker fetched them in time
     * @param inputErrors received with an error
     * @param outputErrors failed to be sent
     * @param noBufferPackets dropped by the device: no packet buffer
     */
    public void deviceCounts(
            int portId, long missedPackets, long inputErrors, long outputErrors, long noBufferPackets) {
        int row = layout.deviceRowOffset(portId);
        conductor.putLongOpaque(row + MISSED_PACKETS, missedPackets);
        conductor.putLongOpaque(row + INPUT_ERRORS, inputErrors);
        conductor.putLongOpaque(row + OUTPUT_ERRORS, outputErrors);
        conductor.putLongOpaque(row + NO_BUFFER_PACKETS, noBufferPackets);
    }

    void beginZeroing(int generation) {
        conductor.putLongOpaque(generation, conductor.getLong(generation) | 1);
        VarHandle.storeStoreFence(); // odd before the first zero; pairs with the loadLoadFence in StatisticsReader
    }

    private void endZeroing(int generation) {
        conductor.putLongRelease(generation, conductor.getLong(generation) + 1); // pairs with getLongAcquire there
    }

    private void zero(int offset, int length) {
        for (UnsafeBuffer worker : workers) {
            for (int i = 0; i < length; i += Long.BYTES) {
                worker.putLongOpaque(offset + i, 0);
            }
        }
    }
}
