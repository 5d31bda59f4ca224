package io.vireo.dataplane.encapsulation.reassembly;

import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;
import java.util.Arrays;
import org.agrona.BitUtil;

/**
 * The packets under way of which not all fragments have come, found by their pair of addresses and identification; in a list by age, and
 * in one per pair. Allocates nothing after construction. Single user: its worker.
 *
 * <p>What makes room for one more: the pair's own oldest packet, where the pair has as many as it may or there is no room at all; else
 * the oldest of all. In a network that loses fragments these are the packets that will not become whole; and as identifications of IPv4
 * begin anew after 65,536 packets, an old one's fragments must not be taken for those of a new one (RFC 4963).
 */
final class PartialPackets {
    /** No packet. */
    static final int NONE = -1;

    /** Most packets of one pair: as many as Linux lets others overtake one ({@code ipfrag_max_dist}). */
    private static final int PAIR_LIMIT = 64;

    /** A pair's share of the room, at most, by a shift. */
    private static final int PAIR_SHARE_SHIFT = 2;

    /** 2^64 divided by the golden ratio (Knuth, TAOCP 3, section 6.4). */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    /** Per pair: the oldest, the newest and the number of its packets; 0 stands for none. */
    private static final int PAIR_LINE_SHIFT = 4;

    private static final int OLDEST = 0;
    private static final int NEWEST = 4;
    private static final int COUNT = 8;

    private final int pairLimit;
    private final long pairs;
    private final int[] chains;
    private final int[] nextInChain;
    private final int[] nextByAge;
    private final int[] previousByAge;
    private final int[] nextOfPair;
    private final int[] previousOfPair;
    private final int[] free;
    private final int[] pairIndex;
    private final long[] pairNumber;
    private final int[] identification;
    private final long[] bornNs;
    private int freeCount;
    private int oldest = NONE;
    private int newest = NONE;

    /**
     * @param capacity packets that are held at once.
     * @param pairCapacity above every index of a pair.
     */
    PartialPackets(int capacity, int pairCapacity) {
        pairLimit = Math.min(PAIR_LIMIT, Math.max(1, capacity >>> PAIR_SHARE_SHIFT));
        pairs = new Region((long) pairCapacity << PAIR_LINE_SHIFT).address();
        chains = new int[BitUtil.findNextPositivePowerOfTwo(Math.max(2, capacity))];
        nextInChain = new int[capacity];
        nextByAge = new int[capacity];
        previousByAge = new int[capacity];
        nextOfPair = new int[capacity];
        previousOfPair = new int[capacity];
        free = new int[capacity];
        pairIndex = new int[capacity];
        pairNumber = new long[capacity];
        identification = new int[capacity];
        bornNs = new long[capacity];
        Arrays.fill(chains, NONE);
        for (int n = 0; n < capacity; n++) {
            free[n] = capacity - 1 - n;
        }
        freeCount = capacity;
    }

    int size() {
        return free.length - freeCount;
    }

    /** The packet with an identification between a pair of addresses, or {@link #NONE}. */
    int find(long number, int id) {
        int packet = chains[chain(number, id)];
        while (packet != NONE && (pairNumber[packet] != number || identification[packet] != id)) {
            packet = nextInChain[packet];
        }
        return packet;
    }

    /** The packet that has to go before one of this pair can be added, or {@link #NONE}: there is room. */
    int victim(int pair) {
        long line = line(pair);
        int count = Memory.getInt(line + COUNT);
        if (count == pairLimit || (freeCount == 0 && count > 0)) {
            return Memory.getInt(line + OLDEST) - 1;
        }
        return freeCount == 0 ? oldest : NONE;
    }

    /** Adds a packet of which there is none; there must be room. */
    int add(int pair, long number, int id, long nowNs) {
        int packet = free[--freeCount];
        pairIndex[packet] = pair;
        pairNumber[packet] = number;
        identification[packet] = id;
        bornNs[packet] = nowNs;
        int chain = chain(number, id);
        nextInChain[packet] = chains[chain];
        chains[chain] = packet;
        appendByAge(packet);
        appendOfPair(packet, line(pair));
        return packet;
    }

    private void appendByAge(int packet) {
        previousByAge[packet] = newest;
        nextByAge[packet] = NONE;
        if (newest == NONE) {
            oldest = packet;
        } else {
            nextByAge[newest] = packet;
        }
        newest = packet;
    }

    private void appendOfPair(int packet, long line) {
        int last = Memory.getInt(line + NEWEST) - 1;
        previousOfPair[packet] = last;
        nextOfPair[packet] = NONE;
        if (last == NONE) {
            Memory.putInt(line + OLDEST, packet + 1);
        } else {
            nextOfPair[last] = packet;
        }
        Memory.putInt(line + NEWEST, packet + 1);
        Memory.putInt(line + COUNT, Memory.getInt(line + COUNT) + 1);
    }

    /** Forgets a packet. */
    void remove(int packet) {
        removeFromChain(packet);
        removeByAge(packet);
        removeOfPair(packet, line(pairIndex[packet]));
        free[freeCount++] = packet;
    }

    private void removeFromChain(int packet) {
        int chain = chain(pairNumber[packet], identification[packet]);
        if (chains[chain] == packet) {
            chains[chain] = nextInChain[packet];
            return;
        }
        int before = chains[chain];
        while (nextInChain[before] != packet) {
            before = nextInChain[before];
        }
        nextInChain[before] = nextInChain[packet];
    }

    private void removeByAge(int packet) {
        int before = previousByAge[packet];
        int behind = nextByAge[packet];
        if (before == NONE) {
            oldest = behind;
        } else {
            nextByAge[before] = behind;
        }
        if (behind == NONE) {
            newest = before;
        } else {
            previousByAge[behind] = before;
        }
    }

    private void removeOfPair(int packet, long line) {
        int before = previousOfPair[packet];
        int behind = nextOfPair[packet];
        if (before == NONE) {
            Memory.putInt(line + OLDEST, behind + 1);
        } else {
            nextOfPair[before] = behind;
        }
        if (behind == NONE) {
            Memory.putInt(line + NEWEST, before + 1);
        } else {
            previousOfPair[behind] = before;
        }
        Memory.putInt(line + COUNT, Memory.getInt(line + COUNT) - 1);
    }

    /** The oldest packet, or {@link #NONE}. */
    int oldest() {
        return oldest;
    }

    /** When a packet's first fragment came. */
    long bornNs(int packet) {
        return bornNs[packet];
    }

    /** The number of a packet's pair. */
    long pairNumber(int packet) {
        return pairNumber[packet];
    }

    private int chain(long number, int id) {
        return (int) (((number * GOLDEN + id) * GOLDEN) >>> Integer.SIZE) & (chains.length - 1);
    }

    private long line(int pair) {
        return pairs + ((long) pair << PAIR_LINE_SHIFT);
    }
}
