package io.vireo.dataplane.wire.counters;

import io.vireo.dataplane.wire.code.ClassDropReason;
import java.util.Arrays;

/**
 * What a class of the scheduler has done since it was added. The counts of packets are those of leaves: a class with
 * children has none of its own. Up to a second old when there are 100,000 classes, milliseconds when there are few.
 *
 * @param generation changed = the counters began anew at zero; do not subtract across it
 * @param sentPackets packets sent
 * @param sentBytes bytes of their frames
 * @param markedPackets of these, marked "congestion experienced" (RFC 3168)
 * @param wireBytes bytes of link time used by it and all below it, overhead included
 * @param guaranteedWireBytes of these, what it got by its guarantee; the rest was shared or borrowed
 * @param queuedPackets packets queued now
 * @param queuedBytes bytes of their frames
 * @param drops packets dropped, by {@link ClassDropReason} code; 8 entries, the first unused
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record ClassCounts(
        long generation,
        long sentPackets,
        long sentBytes,
        long markedPackets,
        long wireBytes,
        long guaranteedWireBytes,
        long queuedPackets,
        long queuedBytes,
        long[] drops) {

    /** Copies the drops. */
    public ClassCounts {
        drops = drops.clone();
    }

    /** Returns a copy. */
    @Override
    public long[] drops() {
        return drops.clone();
    }

    /** Returns the packets dropped for a reason. */
    public long drops(ClassDropReason reason) {
        return drops[reason.code()];
    }

    /** Returns the packets dropped for any reason. */
    public long droppedPackets() {
        return Arrays.stream(drops).sum();
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof ClassCounts other
                && Arrays.equals(numbers(), other.numbers())
                && Arrays.equals(drops, other.drops);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(numbers()) + Arrays.hashCode(drops);
    }

    @Override
    public String toString() {
        return "ClassCounts" + Arrays.toString(numbers()) + Arrays.toString(drops);
    }

    private long[] numbers() {
        return new long[] {
            generation,
            sentPackets,
            sentBytes,
            markedPackets,
            wireBytes,
            guaranteedWireBytes,
            queuedPackets,
            queuedBytes
        };
    }
}
