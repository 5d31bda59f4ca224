package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.NextHopObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The next-hop objects of a namespace ({@code ip-nexthop(8)}). Routes that use one are kept with its number only: with {@code
 * nexthop_compat_mode} off the kernel names no more, and when an object is replaced it notifies that once. A resilient group
 * leads to its members as any group does. Only the node agent's thread uses it.
 */
final class NextHopObjects {
    private final Map<Integer, NextHopObject> byId = new HashMap<>();

    /** Takes in an object; returns the numbers of those that mean something else now: it, and groups with it. */
    Set<Integer> put(NextHopObject nextHop) {
        NextHopObject before = byId.put(nextHop.id(), nextHop);
        return nextHop.equals(before) ? Set.of() : withGroups(nextHop.id());
    }

    /** Forgets an object; returns as {@link #put} does. */
    Set<Integer> remove(int id) {
        return byId.remove(id) == null ? Set.of() : withGroups(id);
    }

    /** Takes in all objects that there are; returns as {@link #put} does. */
    Set<Integer> replaceAll(List<NextHopObject> objects) {
        Set<Integer> changed = new HashSet<>();
        Set<Integer> gone = new HashSet<>(byId.keySet());
        for (NextHopObject each : objects) {
            changed.addAll(put(each));
            gone.remove(each.id());
        }
        gone.forEach(id -> changed.addAll(remove(id)));
        return changed;
    }

    /** Where an object leads: no next hop, if it is a black hole; null, if it is not known or a bridge's. */
    @Nullable
    List<NextHop> resolve(int id) {
        NextHopObject found = byId.get(id);
        if (found == null || isBlackhole(found)) {
            return found == null ? null : List.of();
        }
        if (found.members().isEmpty()) {
            return found.nextHop() == null ? null : List.of(found.nextHop());
        }
        List<NextHop> nextHops = new ArrayList<>();
        for (NextHopObject.Member member : found.members()) {
            NextHopObject each = byId.get(member.id());
            if (each == null || each.nextHop() == null) {
                return null;
            }
            nextHops.add(each.nextHop().withWeight(member.weight()));
        }
        return nextHops;
    }

    boolean contains(int id) {
        return byId.containsKey(id);
    }

    boolean isBlackhole(int id) {
        NextHopObject found = byId.get(id);
        return found != null && isBlackhole(found);
    }

    /** Whether an object leads over an interface. */
    boolean leadsOver(int id, int ifindex) {
        List<NextHop> nextHops = resolve(id);
        return nextHops != null && nextHops.stream().anyMatch(nextHop -> nextHop.ifindex() == ifindex);
    }

    /** Whether there is an object over an interface. */
    boolean anyOver(int ifindex) {
        return byId.values().stream()
                .map(NextHopObject::nextHop)
                .anyMatch(nextHop -> nextHop != null && nextHop.ifindex() == ifindex);
    }

    /** A group of one black hole is one, too; larger groups have none ({@code valid_group_nh()}). */
    private boolean isBlackhole(NextHopObject nextHop) {
        if (nextHop.members().size() != 1) {
            return nextHop.isBlackhole();
        }
        NextHopObject member = byId.get(nextHop.members().getFirst().id());
        return member != null && member.isBlackhole();
    }

    private Set<Integer> withGroups(int id) {
        Set<Integer> ids = new HashSet<>(Set.of(id));
        for (NextHopObject each : byId.values()) {
            if (each.members().stream().anyMatch(member -> member.id() == id)) {
                ids.add(each.id());
            }
        }
        return ids;
    }
}
