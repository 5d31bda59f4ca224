package io.vireo.control.node.mirror;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's routes of one virtual router, kept so that they can be replayed to a new data plane at once. An IPv4
 * prefix costs one slot of an open-addressing map, its {@link RouteCandidates} are shared with all prefixes that have
 * the same. One thread at a time.
 */
public final class KernelRouteTable {
    private static final int MAX_SHARED = 65_536;
    private static final int LENGTH_BITS = 8;

    private final Long2ObjectHashMap<RouteCandidates> ipv4 = new Long2ObjectHashMap<>();
    private final Map<IpPrefix, RouteCandidates> ipv6 = new HashMap<>();
    private final Map<RouteCandidates, RouteCandidates> shared = new HashMap<>();
    private final Set<Integer> nextHopIds = new HashSet<>();
    private boolean isSharedComplete = true;

    /** The routes of a prefix, {@link RouteCandidates#NONE} when there are none. */
    RouteCandidates get(IpPrefix prefix) {
        RouteCandidates found = prefix.family() == AddressFamily.IPV4 ? ipv4.get(key(prefix)) : ipv6.get(prefix);
        return found == null ? RouteCandidates.NONE : found;
    }

    void put(IpPrefix prefix, RouteCandidates candidates) {
        if (candidates.isEmpty()) {
            remove(prefix);
            return;
        }
        RouteCandidates one = share(candidates);
        if (prefix.family() == AddressFamily.IPV4) {
            ipv4.put(key(prefix), one);
        } else {
            ipv6.put(prefix, one);
        }
    }

    /** Adds a prefix, unless it is known; returns what was known, {@link RouteCandidates#NONE} for nothing. */
    RouteCandidates putIfAbsent(IpPrefix prefix, RouteCandidates candidates) {
        RouteCandidates one = share(candidates);
        RouteCandidates known = prefix.family() == AddressFamily.IPV4
                ? ipv4.putIfAbsent(key(prefix), one)
                : ipv6.putIfAbsent(prefix, one);
        return known == null ? RouteCandidates.NONE : known;
    }

    int size() {
        return ipv4.size() + ipv6.size();
    }

    int size(AddressFamily family) {
        return family == AddressFamily.IPV4 ? ipv4.size() : ipv6.size();
    }

    /** Takes a prefix whose routes are others than before; {@link RouteCandidates#NONE} where there are none. */
    interface Difference {
        void accept(IpPrefix prefix, RouteCandidates before, RouteCandidates after);
    }

    /**
     * All prefixes, by family, address and length: what is written in this order to the data plane finds what it needs of its tables
     * in the processor's caches. The table may change meanwhile: prefixes that come then are left out.
     */
    public void forEach(BiConsumer<IpPrefix, RouteCandidates> consumer) {
        forEach(candidates -> true, consumer);
    }

    /** As {@link #forEach(BiConsumer)}, those with such routes. */
    void forEach(Predicate<RouteCandidates> condition, BiConsumer<IpPrefix, RouteCandidates> consumer) {
        LongArrayList keys = new LongArrayList();
        List<IpPrefix> prefixes = new ArrayList<>();
        ipv4.forEachLong((key, candidates) -> {
            if (condition.test(candidates)) {
                keys.addLong(key);
            }
        });
        ipv6.forEach((prefix, candidates) -> {
            if (condition.test(candidates)) {
                prefixes.add(prefix);
            }
        });
        inOrder(keys, prefixes, prefix -> consumer.accept(prefix, get(prefix)));
    }

    /** What differs in {@code fresh}, in the order of {@link #forEach(BiConsumer)}: first what is there no more. */
    void forEachDifference(KernelRouteTable fresh, Difference consumer) {
        LongArrayList keys = new LongArrayList();
        List<IpPrefix> prefixes = new ArrayList<>();
        ipv4.forEachLong((key, candidates) -> {
            if (!fresh.ipv4.containsKey(key)) {
                keys.addLong(key);
            }
        });
        ipv6.keySet().stream().filter(prefix -> !fresh.ipv6.containsKey(prefix)).forEach(prefixes::add);
        inOrder(keys, prefixes, prefix -> consumer.accept(prefix, get(prefix), RouteCandidates.NONE));
        keys.clear();
        prefixes.clear();
        fresh.ipv4.forEachLong((key, candidates) -> {
            if (!candidates.equals(ipv4.get(key))) {
                keys.addLong(key);
            }
        });
        fresh.ipv6.forEach((prefix, candidates) -> {
            if (!candidates.equals(ipv6.get(prefix))) {
                prefixes.add(prefix);
            }
        });
        inOrder(keys, prefixes, prefix -> consumer.accept(prefix, get(prefix), fresh.get(prefix)));
    }

    private static void inOrder(LongArrayList keys, List<IpPrefix> prefixes, Consumer<IpPrefix> consumer) {
        long[] sorted = keys.toLongArray();
        Arrays.sort(sorted);
        for (long key : sorted) {
            consumer.accept(prefix(key));
        }
        prefixes.sort(null);
        prefixes.forEach(consumer);
    }

    void forEachIpv6(BiConsumer<IpPrefix, RouteCandidates> consumer) {
        ipv6.forEach(consumer);
    }

    /** Whether there is such a route; it may also say so of one that is gone. */
    boolean mayHave(Predicate<KernelRoute> condition) {
        return !isSharedComplete || shared.keySet().stream().anyMatch(candidates -> candidates.any(condition));
    }

    /** Whether a route uses, or lately used, that next-hop object. */
    boolean uses(int nextHopId) {
        return nextHopIds.contains(nextHopId);
    }

    private void remove(IpPrefix prefix) {
        @Nullable
        RouteCandidates removed =
                prefix.family() == AddressFamily.IPV4 ? ipv4.remove(key(prefix)) : ipv6.remove(prefix);
        if (removed != null && size() == 0) {
            shared.clear();
            nextHopIds.clear();
            isSharedComplete = true;
        }
    }

    private RouteCandidates share(RouteCandidates candidates) {
        RouteCandidates known = shared.get(candidates);
        if (known != null) {
            return known;
        }
        if (shared.size() >= MAX_SHARED) {
            shared.clear(); // only sharing is lost
            isSharedComplete = false;
        }
        shared.put(candidates, candidates);
        candidates.routes().stream()
                .map(KernelRoute::nextHopId)
                .filter(id -> id != 0)
                .forEach(nextHopIds::add);
        return candidates;
    }

    /** Of an IPv4 prefix: address and length, in the order of prefixes. */
    static long key(IpPrefix prefix) {
        return prefix.network().high() >>> (Integer.SIZE - LENGTH_BITS) | prefix.prefixLength();
    }

    private static IpPrefix prefix(long key) {
        return new IpPrefix(IpAddress.ofIpv4((int) (key >>> LENGTH_BITS)), (int) key & 0xff);
    }
}
