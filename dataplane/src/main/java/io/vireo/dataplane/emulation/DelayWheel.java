package io.vireo.dataplane.emulation;

import io.vireo.dataplane.schedule.SlotMap;
import java.util.Arrays;

/**
 * Entries that wait for a time: a timing wheel (Varghese and Lauck, SOSP 1987) that keeps the order of entries of one tick, so that
 * what is put in with times that do not go back comes out as it went in. Nothing comes out early, and all at most a tick late.
 *
 * <p>Two levels of 4,096 slots: of 8.192 µs, for the 33.6 ms that the present lies in, and of 33.6 ms, for 137 s. Each slot is a
 * queue through one array. Slots of the first level belong to one block of the second, which is spread over them as a whole when it
 * comes up: so nobody is put behind what comes later. Allocates nothing after construction. Single user; time does not go back.
 */
final class DelayWheel {
    static final int NONE = -1;

    /** A tick is this power of two of nanoseconds. */
    static final int TICK_BITS = 13;

    private static final int SLOT_BITS = 12;
    private static final int SLOTS = SlotMap.SLOTS;
    private static final int SLOT_MASK = SLOTS - 1;
    private static final int FAR = SLOTS;

    /** How far ahead an entry may lie, ns: less than a round of the second level. */
    static final long HORIZON_NS = (long) (SLOTS - 2) << (SLOT_BITS + TICK_BITS);

    private final int[] heads = new int[2 * SLOTS];
    private final int[] tails = new int[2 * SLOTS];
    private final SlotMap near = new SlotMap();
    private final SlotMap far = new SlotMap();
    private final int[] next;
    private final long[] ticks;
    private long tick;
    private int count;

    /** For entries below {@code capacity}. */
    DelayWheel(int capacity) {
        next = new int[capacity];
        ticks = new long[capacity];
        Arrays.fill(heads, NONE);
    }

    int size() {
        return count;
    }

    /** Puts an entry in that is not in; beyond the horizon is as good as at it. */
    void add(int entry, long dueNs, long nowNs) {
        if (count++ == 0) {
            tick = Math.max(tick, nowNs >> TICK_BITS);
        }
        long due = Math.min(dueNs, nowNs + HORIZON_NS) + (1 << TICK_BITS) - 1;
        ticks[entry] = Math.max(tick, due >> TICK_BITS);
        put(entry);
    }

    private void put(int entry) {
        long at = ticks[entry];
        boolean isNear = at >> SLOT_BITS == tick >> SLOT_BITS;
        int index = (int) (isNear ? at : at >> SLOT_BITS) & SLOT_MASK;
        int slot = isNear ? index : FAR + index;
        next[entry] = NONE;
        if (heads[slot] != NONE) {
            next[tails[slot]] = entry;
        } else {
            heads[slot] = entry;
            (isNear ? near : far).set(index);
        }
        tails[slot] = entry;
    }

    /** Takes the entry that is due first, or {@link #NONE}. */
    int poll(long nowNs) {
        long now = nowNs >> TICK_BITS;
        long first = firstTick();
        while (first <= now) {
            tick = first;
            int index = (int) first & SLOT_MASK;
            int entry = heads[index];
            if (entry != NONE) {
                take(index, entry);
                return entry;
            }
            spread((int) (first >> SLOT_BITS) & SLOT_MASK);
            first = firstTick();
        }
        tick = Math.max(tick, now);
        return NONE;
    }

    /** When the next entry is due or some are to be spread, or {@link Long#MAX_VALUE}. */
    long nextNs() {
        return count == 0 ? Long.MAX_VALUE : firstTick() << TICK_BITS;
    }

    /** The first tick with entries; of those of the second level, where its slot begins. */
    private long firstTick() {
        int ahead = near.distance((int) tick & SLOT_MASK);
        if (ahead >= 0) {
            return tick + ahead;
        }
        long block = tick >> SLOT_BITS;
        int blocks = far.distance((int) block & SLOT_MASK);
        return blocks < 0 ? Long.MAX_VALUE >> TICK_BITS : (block + blocks) << SLOT_BITS;
    }

    private void take(int index, int entry) {
        count--;
        heads[index] = next[entry];
        if (next[entry] == NONE) {
            near.clear(index);
        }
    }

    private void spread(int index) {
        int entry = heads[FAR + index];
        heads[FAR + index] = NONE;
        far.clear(index);
        while (entry != NONE) {
            int following = next[entry];
            put(entry);
            entry = following;
        }
    }
}
