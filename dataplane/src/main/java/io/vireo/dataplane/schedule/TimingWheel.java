package io.vireo.dataplane.schedule;

import java.util.Arrays;

/**
 * Classes that wait for a time, in a hierarchical timing wheel (Varghese and Lauck, SOSP 1987): in and out in O(1)
 * with two cache misses, where a heap of 100,000 costs one per level.
 *
 * <p>Exact all the same: a slot only gathers; whoever is taken from the slot of the present is compared with the present.
 * Three levels of 4,096 slots: of 256 ns, of 1 ms and of 4 s, so that 4.7 hours ahead are covered; what lies further
 * waits in the last slot and is put in again when that comes. Each slot is a doubly linked list through one array, each
 * level a bit map that finds the next slot in use. Single writer; time does not go back.
 */
final class TimingWheel {
    private static final int LEVELS = 3;
    private static final int SLOT_BITS = 12;
    private static final int SLOTS = SlotMap.SLOTS;
    private static final int SLOT_MASK = SLOTS - 1;
    private static final int TICK_BITS = 8;
    private static final int NONE = -1;
    private static final int STRIDE_SHIFT = 4;
    private static final int LINKS = 8;
    private static final long NO_TICK = Long.MAX_VALUE >>> TICK_BITS;

    private final int[] heads = new int[LEVELS * SLOTS];
    private final SlotMap[] maps = new SlotMap[LEVELS];
    /** Two words a class: its time; next and previous. The previous of the first is the complement of its slot. */
    private final Words nodes;

    private final long origin;

    private long tick;
    private int count;

    TimingWheel(int capacity) {
        nodes = new Words((long) capacity << 1);
        origin = nodes.address();
        Arrays.fill(heads, NONE);
        Arrays.setAll(maps, level -> new SlotMap());
    }

    boolean isEmpty() {
        return count == 0;
    }

    void add(int id, long atNs) {
        count++;
        link(id, atNs);
    }

    void remove(int id) {
        count--;
        unlink(id);
    }

    /**
     * Takes classes whose time has come, in any order, until there is none left or the array is full.
     *
     * @return how many were taken; if as many as the array holds, there may be more
     */
    int takeExpired(long nowNs, int[] into) {
        long nowTick = nowNs >> TICK_BITS;
        int taken = 0;
        while (taken < into.length) {
            int level = nextLevel();
            long next = startOf(level);
            if (next > nowTick) {
                tick = Math.max(tick, nowTick);
                return taken;
            }
            tick = Math.max(tick, next);
            if (level > 0) {
                cascade(level);
            } else if (next < nowTick) {
                taken = takeAll(into, taken);
            } else {
                return takeExpiredOfSlot(nowNs, into, taken);
            }
        }
        return taken;
    }

    /** A time not after the earliest of all, and later than now if that is; {@link Time#NEVER} if there is none. */
    long nextNs() {
        if (count == 0) {
            return Time.NEVER;
        }
        int level = nextLevel();
        return level == 0 ? minOf(heads[slot(0, startOf(0))]) : startOf(level) << TICK_BITS;
    }

    /** The level that comes up first; of several the highest, so that it spreads over the lower ones in time. */
    private int nextLevel() {
        int first = LEVELS - 1;
        for (int level = LEVELS - 2; level >= 0; level--) {
            first = startOf(level) < startOf(first) ? level : first;
        }
        return first;
    }

    /** The first tick of the level's next slot in use. */
    private long startOf(int level) {
        int shift = level * SLOT_BITS;
        long block = tick >> shift;
        int distance = maps[level].distance((int) block & SLOT_MASK);
        return distance < 0 ? NO_TICK : (block + distance) << shift;
    }

    private void cascade(int level) {
        int slot = slot(level, tick);
        int id = heads[slot];
        while (id != NONE) {
            unlink(id);
            link(id, Words.get(at(id)));
            id = heads[slot];
        }
    }

    private int takeAll(int[] into, int from) {
        int slot = slot(0, tick);
        int taken = from;
        for (int id = heads[slot]; id != NONE && taken < into.length; id = heads[slot]) {
            remove(id);
            into[taken++] = id;
        }
        return taken;
    }

    private int takeExpiredOfSlot(long nowNs, int[] into, int from) {
        int taken = from;
        int id = heads[slot(0, tick)];
        while (id != NONE && taken < into.length) {
            int next = next(id);
            if (Words.get(at(id)) <= nowNs) {
                remove(id);
                into[taken++] = id;
            }
            id = next;
        }
        return taken;
    }

    private long minOf(int head) {
        long min = Time.NEVER;
        for (int id = head; id != NONE; id = next(id)) {
            min = Math.min(min, Words.get(at(id)));
        }
        return min;
    }

    private void link(int id, long atNs) {
        int slot = slotFor(Math.max(tick, atNs >> TICK_BITS));
        int head = heads[slot];
        Words.set(at(id), atNs);
        Words.setPair(at(id) + LINKS, head, ~slot);
        if (head == NONE) {
            maps[slot >> SLOT_BITS].set(slot & SLOT_MASK);
        } else {
            Words.setPair(at(head) + LINKS, next(head), id);
        }
        heads[slot] = id;
    }

    private int slotFor(long atTick) {
        for (int level = 0; level < LEVELS - 1; level++) {
            int shift = level * SLOT_BITS;
            if ((atTick >> shift) - (tick >> shift) < SLOTS) {
                return slot(level, atTick);
            }
        }
        int shift = (LEVELS - 1) * SLOT_BITS;
        long last = (tick >> shift) + SLOT_MASK;
        return slot(LEVELS - 1, Math.min(atTick, last << shift));
    }

    private void unlink(int id) {
        int next = next(id);
        int previous = Words.low(at(id) + LINKS);
        if (previous >= 0) {
            Words.setPair(at(previous) + LINKS, next, Words.low(at(previous) + LINKS));
        } else {
            heads[~previous] = next;
            if (next == NONE) {
                maps[~previous >> SLOT_BITS].clear(~previous & SLOT_MASK);
            }
        }
        if (next != NONE) {
            Words.setPair(at(next) + LINKS, next(next), previous);
        }
    }

    private int next(int id) {
        return Words.high(at(id) + LINKS);
    }

    private long at(int id) {
        assert nodes.holds(id, STRIDE_SHIFT);
        return origin + ((long) id << STRIDE_SHIFT);
    }

    private static int slot(int level, long atTick) {
        return (level << SLOT_BITS) + ((int) (atTick >> (level * SLOT_BITS)) & SLOT_MASK);
    }
}
