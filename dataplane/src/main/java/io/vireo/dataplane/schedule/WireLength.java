package io.vireo.dataplane.schedule;

/** What frames cost on the wire at present: a {@link LinkOverhead} that can change between bursts. Single writer. */
final class WireLength {
    private final int minFrameBytes;
    private int addedBytes;

    WireLength(LinkOverhead overhead) {
        minFrameBytes = overhead.minFrameBytes();
        addedBytes = overhead.addedBytes();
    }

    void setAdded(int bytes) {
        addedBytes = bytes;
    }

    int of(int frameBytes) {
        return Math.max(frameBytes, minFrameBytes) + addedBytes;
    }
}
