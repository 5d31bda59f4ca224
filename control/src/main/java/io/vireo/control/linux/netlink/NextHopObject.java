package io.vireo.control.linux.netlink;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A next-hop object ({@code ip-nexthop(8)}): a next hop, a group of such objects, or a black hole.
 *
 * @param nextHop     the next hop, or null for a group, a black hole or a bridge's
 * @param members     the objects of a group, in its order; empty unless it is one
 * @param isBlackhole whether packets are dropped in silence
 */
public record NextHopObject(int id, @Nullable NextHop nextHop, List<Member> members, boolean isBlackhole) {
    public NextHopObject {
        members = List.copyOf(members);
    }

    /**
     * A member of a group.
     *
     * @param weight share of the traffic, 1 to 65536
     */
    public record Member(int id, int weight) {}
}
