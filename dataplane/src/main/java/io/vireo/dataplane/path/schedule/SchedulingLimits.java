package io.vireo.dataplane.path.schedule;

/**
 * How much there may be of classes; memory is taken per port that is shaped or has classes.
 *
 * @param portClasses classes of one port, implicit ones included, 8..4194304; about 900 bytes each
 * @param portPackets packets queued at one port, 64..33554432; 32 bytes each beside the packet buffer
 * @param filterLongs room for compiled filters, in longs of 8 bytes
 */
public record SchedulingLimits(int portClasses, int portPackets, int filterLongs) {
    /** For tests and small machines. */
    public static final SchedulingLimits DEFAULT = new SchedulingLimits(4_096, 4_096, 1 << 18);

    /** Arrays of longs and ints by class, and of the segments of its children's heaps, twice what is asked for at worst. */
    private static final long CLASS_HEAP_BYTES = 192;

    /** Slots of the timing wheel, and the objects. */
    private static final long PORT_HEAP_BYTES = 64 << 10;

    /** What one port's scheduler takes of the Java heap, at most; several times as much is outside. */
    public long heapBytes() {
        return PORT_HEAP_BYTES + portClasses * CLASS_HEAP_BYTES;
    }
}
