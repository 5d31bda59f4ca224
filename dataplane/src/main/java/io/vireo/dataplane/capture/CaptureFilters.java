package io.vireo.dataplane.capture;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The open captures. Single writer: the conductor. Readers: every worker; the only thing they write is how many packets are
 * left, which they share.
 *
 * <p>A filter is closed first and changed then, after every worker has come round; so a worker that sees it open sees it whole.
 */
public final class CaptureFilters {
    /** Stands for every interface, or every reason. */
    public static final int ANY = -1;

    private final AtomicInteger open = new AtomicInteger();
    private final int[] interfaceIds;
    private final int[] dropReasons;
    private final int[] snapLengths;
    private final AtomicLongArray remaining;

    public CaptureFilters(int capacity) {
        if (capacity > Integer.SIZE) {
            throw new IllegalArgumentException("at most " + Integer.SIZE + " captures, not " + capacity);
        }
        interfaceIds = new int[capacity];
        dropReasons = new int[capacity];
        snapLengths = new int[capacity];
        remaining = new AtomicLongArray(capacity);
    }

    public int capacity() {
        return interfaceIds.length;
    }

    public boolean isOpen(int capture) {
        return (open.getPlain() & 1 << capture) != 0;
    }

    /**
     * Opens a capture that is closed and forgotten by the workers. Conductor only.
     *
     * @param interfaceId or {@link #ANY}.
     * @param dropReason code of a reason, or {@link #ANY}: then frames are captured whether dropped or not.
     * @param packetLimit maximum packets, of all workers together.
     */
    public void open(int capture, int interfaceId, int dropReason, int snapLength, long packetLimit) {
        interfaceIds[capture] = interfaceId;
        dropReasons[capture] = dropReason;
        snapLengths[capture] = snapLength;
        remaining.setPlain(capture, packetLimit);
        open.setRelease(open.getPlain() | 1 << capture); // pairs with getAcquire in openSet
    }

    /** Closes a capture. Conductor only. */
    public void close(int capture) {
        open.setRelease(open.getPlain() & ~(1 << capture));
    }

    /** The open captures as bits: 0 while there is none. Workers, once per burst. */
    public int openSet() {
        return open.getAcquire(); // pairs with setRelease in open
    }

    public int snapLength(int capture) {
        return snapLengths[capture];
    }

    /** Whether a frame that came in or goes out by an interface is wanted; if so, it has been counted. */
    public boolean wants(int capture, int interfaceId) {
        return dropReasons[capture] == ANY && isFor(capture, interfaceId) && take(capture);
    }

    /** Whether a dropped frame is wanted for its reason; if so, it has been counted. */
    public boolean wantsDropped(int capture, int interfaceId, int reason) {
        return dropReasons[capture] == reason && isFor(capture, interfaceId) && take(capture);
    }

    private boolean isFor(int capture, int interfaceId) {
        return interfaceIds[capture] == ANY || interfaceIds[capture] == interfaceId;
    }

    private boolean take(int capture) {
        return remaining.get(capture) > 0 && remaining.getAndDecrement(capture) > 0;
    }
}
