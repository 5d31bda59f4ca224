package io.vireo.dataplane.nexthop;

import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The conductor's state of next-hop indices: an adjacency for one next hop, a shared group for several. Equal sets share one
 * group, so a full table over a few sets of paths costs a few groups. Allocates nothing after construction. Single user: the
 * conductor.
 *
 * <p>A set that replaces another in a route follows it ({@link BucketAssignment}). So there may be several groups of one set, as
 * many as there are ways in which routes came to it; routes that went the same way share one.
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
    private final int[] contents;
    private final int[] generations;
    private final GroupMembers members;
    private final BucketAssignment assignment = new BucketAssignment();
    private final int[] wantedMembers = new int[MAX];
    private final int[] wantedWeights = new int[MAX];
    private final long[] identities = new long[MAX];
    private final int[] before = new int[NextHopGroups.BUCKETS];
    private final Succession last = new Succession();

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
        contents = new int[capacity];
        generations = new int[capacity];
        members = new GroupMembers(capacity);
    }

    /** Has flows hashed by another seed: see {@link NextHopGroups#setSeed}. */
    public void setSeed(long seed) {
        groups.setSeed(seed);
    }

    /**
     * The index for a set of next hops over present interfaces, with one reference more.
     *
     * @param family of the route; a gateway may be of the other one.
     * @param hops 1..{@link NextHops#MAX} of them.
     * @param replaced the index that the route has so far: flows stay where they are unless they must move. {@link #NONE} or a
     *     special one of a route that had none.
     * @return an index for tables, or {@link #NONE} when there is no room.
     */
    public int acquire(AddressFamily family, NextHops hops, int replaced) {
        int size = hops.size();
        for (int m = 0; m < size; m++) {
            AddressFamily gatewayFamily = hops.gatewayFamily(m, family);
            int adjacency = hops.labelCount(m) > 0
                    ? adjacencies.acquireLabelled(gatewayFamily, hops, m)
                    : adjacencies.acquire(hops.interfaceId(m), gatewayFamily, hops.gatewayHigh(m), hops.gatewayLow(m));
            if (adjacency == Adjacencies.NONE) {
                releaseWanted(m);
                return NONE;
            }
            wantedMembers[m] = adjacency;
            wantedWeights[m] = hops.weight(m);
        }
        return size == 1 ? wantedMembers[0] : acquireGroup(size, replaced);
    }

    private int acquireGroup(int size, int replaced) {
        int row = successor(size, replaced);
        if (row == NONE) {
            releaseWanted(size);
            return NONE;
        }
        if (references[row]++ > 0) {
            releaseWanted(size); // the group holds references of its own
        }
        return NextHopGroups.nextHopOf(row);
    }

    /** The row of the group that takes the place of an index; a new one has no references yet. */
    private int successor(int size, int replaced) {
        boolean wasGroup = replaced != NONE && NextHopGroups.isGroup(replaced);
        if (wasGroup && isWanted(NextHopGroups.rowOf(replaced), size)) {
            return NextHopGroups.rowOf(replaced);
        }
        int known = last.after(replaced, wasGroup ? generations[NextHopGroups.rowOf(replaced)] : 0);
        if (known != NONE
                && references[known] > 0
                && generations[known] == last.generation()
                && isWanted(known, size)) {
            return known;
        }
        int hash = wantedHash(size);
        int[] buckets = following(size, replaced);
        int row = buckets == null ? anyOfSet(hash, size) : withBuckets(hash, size, buckets);
        if (row == NONE) {
            row = define(hash, size, buckets == null ? assigned(size) : buckets);
        }
        if (row == NONE) {
            row = anyOfSet(hash, size); // better that flows move than that the route is refused
        }
        if (row != NONE) {
            last.note(replaced, wasGroup ? generations[NextHopGroups.rowOf(replaced)] : 0, row, generations[row]);
        }
        return row;
    }

    /** The buckets of the wanted set if it follows what is replaced; null: nothing was there, or nothing of it is left. */
    private int @Nullable [] following(int size, int replaced) {
        if (replaced == NONE || SpecialNextHops.isSpecial(replaced)) {
            return null;
        }
        for (int b = 0; b < NextHopGroups.BUCKETS; b++) {
            before[b] = NextHopGroups.isGroup(replaced) ? groups.bucket(NextHopGroups.rowOf(replaced), b) : replaced;
        }
        return assignment.follow(before, wantedMembers, wantedWeights, size);
    }

    private int[] assigned(int size) {
        for (int m = 0; m < size; m++) {
            identities[m] = adjacencies.identity(wantedMembers[m]);
        }
        return assignment.assign(wantedMembers, wantedWeights, identities, size);
    }

    private int anyOfSet(int hash, int size) {
        int row = chains[chain(hash)];
        while (row != NONE && !(hashes[row] == hash && isWanted(row, size))) {
            row = nextInChain[row];
        }
        return row;
    }

    private int withBuckets(int hash, int size, int[] buckets) {
        int content = Arrays.hashCode(buckets);
        int row = chains[chain(hash)];
        while (row != NONE
                && !(hashes[row] == hash
                        && contents[row] == content
                        && isWanted(row, size)
                        && groups.hasBuckets(row, buckets))) {
            row = nextInChain[row];
        }
        return row;
    }

    private int define(int hash, int size, int[] buckets) {
        int row = rows.take();
        if (row != NONE) {
            groups.define(row, buckets);
            members.define(row, wantedMembers, wantedWeights, size);
            sizes[row] = size;
            hashes[row] = hash;
            contents[row] = Arrays.hashCode(buckets);
            generations[row]++;
            references[row] = 0;
            nextInChain[row] = chains[chain(hash)];
            chains[chain(hash)] = row;
        }
        return row;
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
            adjacencies.release(members.adjacency(row, m));
        }
        rows.retire(row);
    }

    /** Lists the next hops of an index; those over interfaces that are gone have interface -1. */
    public void describe(int nextHop, int weightOfOnly, NextHops into) {
        into.clear();
        if (NextHopGroups.isGroup(nextHop)) {
            int row = NextHopGroups.rowOf(nextHop);
            for (int m = 0; m < sizes[row]; m++) {
                add(members.adjacency(row, m), members.weight(row, m), into);
            }
        } else if (!SpecialNextHops.isSpecial(nextHop)) {
            add(nextHop, weightOfOnly, into);
        }
    }

    private void add(int adjacency, int weight, NextHops into) {
        adjacencies.describe(adjacency, weight, into);
    }

    /**
     * Whether an index leads onto the link of an interface, and nowhere else. On which of several links a flow looks for a
     * neighbour is for its hash to say, not for where one was seen: routes as long as an address have groups of neighbours.
     */
    public boolean isOnLink(int nextHop, int interfaceId) {
        return !SpecialNextHops.isSpecial(nextHop)
                && !NextHopGroups.isGroup(nextHop)
                && adjacencies.isOnLink(nextHop)
                && adjacencies.interfaceId(nextHop) == interfaceId;
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
        return sizes[row] == size && members.areEqual(row, wantedMembers, wantedWeights, size);
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
