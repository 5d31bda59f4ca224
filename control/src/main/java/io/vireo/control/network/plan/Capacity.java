package io.vireo.control.network.plan;

import io.vireo.control.network.model.NetworkLink;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What is left of the substrate links, while virtual links take of it; the same in both directions. */
final class Capacity {
    private final Map<String, Long> sold = new HashMap<>();
    private final Map<String, Integer> users = new HashMap<>();
    private final Set<String> down;

    /** @param down links that nothing may take */
    Capacity(Set<String> down) {
        this.down = down;
    }

    boolean isUp(NetworkLink link) {
        return !down.contains(link.name());
    }

    long left(NetworkLink link) {
        return isUp(link) ? link.reservableBitsPerSecond() - sold(link) : 0;
    }

    void take(NetworkLink link, long bitsPerSecond) {
        sold.merge(link.name(), bitsPerSecond, Long::sum);
        users.merge(link.name(), 1, Integer::sum);
    }

    long sold(NetworkLink link) {
        return sold.getOrDefault(link.name(), 0L);
    }

    int users(NetworkLink link) {
        return users.getOrDefault(link.name(), 0);
    }
}
