package io.vireo.dataplane.nexthop;

import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.Arrays;

/**
 * The conductor's state of next-hop indices: an adjacency for one next hop, a shared group for several. Equal sets share one
 * group, so a full table over a few sets of paths costs a few groups. Allocates nothing after construction. Single user: the
 * conductor.
 */
public final class NextHopSets {
    /** No room. */
    public static final int NONE = -1;

    private static final int MAX = NextHopGroups.MAX_MEMBERS;

    private final Adjacencies adjacencies;
    private final NextHopGroups groups;
    private final IndexPool rows;
    private final int[] chains;
    private final int[] nextInChain;
    private final int[] hashes;
    private final int[] references;
    private final int[] sizes;
    private final int[] members;
    private final int[] weights;
    private final int[] wantedMembers = new int[MAX];
    private final int[] wantedWeights = new int[MAX];

    public NextHopSets(Adjacencies adjacencies, NextHopGroups groups, QuiescentState quiescent) {
        int capacity = groups.capacity();
        this.adjacencies = adjacencies;
        this.groups = groups;
        rows = new IndexPool(0, capacity, quiescent);
        chains = new int[Integer.highestOneBit(capacity) << 1];
        Arrays.fill(chains, NONE);
        nextInChain = new int[capacity];
        hashes = new int[capacity];
        references = new int[capacity];
        sizes = new int[capacity];
        members = new int[capacity * MAX];
        weights = new int[capacity * MAX];
    }

    /**
     * The index for a set of next hops over present interfaces, with one reference more.
     *
     * @param hops 1..8 of them.
     * @return an index for tables, or {@link #NONE} when there is no room.
     */
    public int acquire(AddressFamily family, NextHops hops) {
        int size = hops.size();
        for (int m = 0; m < size; m++) {
            int adjacency = adjacencies.acquire(hops.interfaceId(m), family, hops.gatewayHigh(m), hops.gatewayLow(m));
            if (adjacency == Adjacencies.NONE) {
                releaseWanted(m);
                return NONE;
            }
            wantedMembers[m] = adjacency;
            wantedWeights[m] = hops.weight(m);
        }
        return size == 1 ? wantedMembers[0] : acquireGroup(size);
    }

    private int acquireGroup(int size) {
        int hash = wantedHash(size);
        for (int row = chains[chain(hash)]; row != NONE; row = nextInChain[row]) {
            if (hashes[row] == hash && isWanted(row, size)) {
                references[row]++;
                releaseWanted(size); // the group holds references of its own
                return NextHopGroups.nextHopOf(row);
            }
        }
        int row = rows.take();
        if (row == NONE) {
            releaseWanted(size);
            return NONE;
        }
        groups.define(row, wantedMembers, wantedWeights, size);
        System.arraycopy(wantedMembers, 0, members, row * MAX, size);
        System.arraycopy(wantedWeights, 0, weights, row * MAX, size);
        sizes[row] = size;
        hashes[row] = hash;
        references[row] = 1;
        nextInChain[row] = chains[chain(hash)];
        chains[chain(hash)] = row;
        return NextHopGroups.nextHopOf(row);
    }

    /** One reference more to an index that a table holds. */
    public void retain(int nextHop) {
        if (NextHopGroups.isGroup(nextHop)) {
            references[NextHopGroups.rowOf(nextHop)]++;
        } else if (!SpecialNextHops.isSpecial(nextHop)) {
            adjacencies.retain(nextHop);
        }
    }

    /** One reference less to an index that {@link #acquire} gave, or to a special one, which takes none. */
    public void release(int nextHop) {
        if (NextHopGroups.isGroup(nextHop)) {
            releaseGroup(NextHopGroups.rowOf(nextHop));
        } else if (!SpecialNextHops.isSpecial(nextHop)) {
            adjacencies.release(nextHop);
        }
    }

    private void releaseGroup(int row) {
        if (--references[row] > 0) {
            return;
        }
        unchain(row);
        for (int m = 0; m < sizes[row]; m++) {
            adjacencies.release(members[row * MAX + m]);
        }
        rows.retire(row);
    }

    /** Lists the next hops of an index; those over interfaces that are gone have interface -1. */
    public void describe(int nextHop, int weightOfOnly, NextHops into) {
        into.clear();
        if (NextHopGroups.isGroup(nextHop)) {
            int row = NextHopGroups.rowOf(nextHop);
            for (int m = row * MAX; m < row * MAX + sizes[row]; m++) {
                add(members[m], weights[m], into);
            }
        } else if (!SpecialNextHops.isSpecial(nextHop)) {
            add(nextHop, weightOfOnly, into);
        }
    }

    private void add(int adjacency, int weight, NextHops into) {
        into.add(adjacencies.interfaceId(adjacency), adjacencies.high(adjacency), adjacencies.low(adjacency), weight);
    }

    /** Whether an index leads, alone or among others, onto the link of an interface. */
    public boolean isOnLink(int nextHop, int interfaceId) {
        if (SpecialNextHops.isSpecial(nextHop)) {
            return false;
        }
        if (!NextHopGroups.isGroup(nextHop)) {
            return isOnLinkAdjacency(nextHop, interfaceId);
        }
        int row = NextHopGroups.rowOf(nextHop);
        for (int m = row * MAX; m < row * MAX + sizes[row]; m++) {
            if (isOnLinkAdjacency(members[m], interfaceId)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOnLinkAdjacency(int adjacency, int interfaceId) {
        return adjacencies.isOnLink(adjacency) && adjacencies.interfaceId(adjacency) == interfaceId;
    }

    /** Frees at most {@code limit} ended groups that no worker can still see; returns how many. */
    public int reclaim(int limit) {
        return rows.reclaim(limit);
    }

    private void releaseWanted(int count) {
        for (int m = 0; m < count; m++) {
            adjacencies.release(wantedMembers[m]);
        }
    }

    private int wantedHash(int size) {
        int hash = size;
        for (int m = 0; m < size; m++) {
            hash = (hash * 31 + wantedMembers[m]) * 31 + wantedWeights[m];
        }
        return hash;
    }

    private boolean isWanted(int row, int size) {
        int first = row * MAX;
        return sizes[row] == size
                && Arrays.equals(members, first, first + size, wantedMembers, 0, size)
                && Arrays.equals(weights, first, first + size, wantedWeights, 0, size);
    }

    private int chain(int hash) {
        return (hash ^ hash >>> 16) & (chains.length - 1);
    }

    private void unchain(int row) {
        int chain = chain(hashes[row]);
        if (chains[chain] == row) {
            chains[chain] = nextInChain[row];
            return;
        }
        int before = chains[chain];
        while (nextInChain[before] != row) {
            before = nextInChain[before];
        }
        nextInChain[before] = nextInChain[row];
    }
}
