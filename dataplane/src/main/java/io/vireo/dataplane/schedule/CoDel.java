package io.vireo.dataplane.schedule;

/**
 * Controlled delay, RFC 8289: drops, or marks, at the head of a queue whose packets have been standing for longer than
 * the target during a whole interval, and then ever faster until they do not.
 *
 * <p>One decision per packet that comes to the head, in the order of RFC 8289 section 5; the two loops of its
 * pseudo-code are unrolled into the caller's. Single writer.
 */
final class CoDel {
    private static final int STRIDE_SHIFT = 3;
    private static final int TARGET = 0;
    private static final int INTERVAL = 1;
    private static final int FIRST_ABOVE = 2;
    private static final int DROP_NEXT = 3;
    private static final int COUNT = 4;
    private static final int LAST_COUNT = 5;
    private static final int DROPPING = 6;

    /** RFC 8289 section 5.4: a new drop state within 16 intervals of the last resumes its rate. */
    private static final int RECENT_INTERVALS = 16;

    private final long[] words;
    private final int largestFrameBytes;

    CoDel(int maxClasses, int largestFrameBytes) {
        this.words = new long[maxClasses << STRIDE_SHIFT];
        this.largestFrameBytes = largestFrameBytes;
    }

    /** Sets the class's times; if they are what they were, the state of the control goes on. */
    void configure(int classId, long targetNs, long intervalNs) {
        int at = classId << STRIDE_SHIFT;
        if (words[at + TARGET] != targetNs || words[at + INTERVAL] != intervalNs) {
            words[at + TARGET] = targetNs;
            words[at + INTERVAL] = intervalNs;
            onEmpty(classId);
        }
    }

    /** The queue has run empty: it stands no longer. */
    void onEmpty(int classId) {
        int at = classId << STRIDE_SHIFT;
        words[at + FIRST_ABOVE] = 0;
        words[at + DROPPING] = 0;
    }

    /**
     * Whether the head packet is to be dropped or marked.
     *
     * @param bytesBehind bytes queued behind it; with less than a frame the queue is never too long
     */
    boolean shouldDrop(int classId, long sojournNs, long bytesBehind, long nowNs) {
        int at = classId << STRIDE_SHIFT;
        boolean mayDrop = mayDrop(at, sojournNs, bytesBehind, nowNs);
        if (words[at + DROPPING] == 0) {
            return mayDrop && beginDropping(at, nowNs);
        }
        if (!mayDrop) {
            words[at + DROPPING] = 0;
            return false;
        }
        return nowNs >= words[at + DROP_NEXT] && goOnDropping(at);
    }

    private boolean mayDrop(int at, long sojournNs, long bytesBehind, long nowNs) {
        if (sojournNs < words[at + TARGET] || bytesBehind <= largestFrameBytes) {
            words[at + FIRST_ABOVE] = 0;
            return false;
        }
        if (words[at + FIRST_ABOVE] == 0) {
            words[at + FIRST_ABOVE] = nowNs + words[at + INTERVAL];
            return false;
        }
        return nowNs >= words[at + FIRST_ABOVE];
    }

    private boolean beginDropping(int at, long nowNs) {
        long delta = words[at + COUNT] - words[at + LAST_COUNT];
        boolean isRecent = nowNs - words[at + DROP_NEXT] < RECENT_INTERVALS * words[at + INTERVAL];
        words[at + COUNT] = delta > 1 && isRecent ? delta : 1;
        words[at + LAST_COUNT] = words[at + COUNT];
        words[at + DROPPING] = 1;
        words[at + DROP_NEXT] = next(at, nowNs);
        return true;
    }

    private boolean goOnDropping(int at) {
        words[at + COUNT]++;
        words[at + DROP_NEXT] = next(at, words[at + DROP_NEXT]);
        return true;
    }

    /** The control law, RFC 8289 section 4.3: the time to the next drop falls with the square root of their number. */
    private long next(int at, long fromNs) {
        return fromNs + (long) (words[at + INTERVAL] / Math.sqrt((double) words[at + COUNT]));
    }
}
