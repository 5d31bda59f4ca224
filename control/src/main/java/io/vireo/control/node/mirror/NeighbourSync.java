package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.NeighbourMessage;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.model.IpAddress;
import io.vireo.control.node.forwarding.ForwardingPlane;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The neighbours of one virtual router's namespace, and the data plane's the same. Those on interfaces that the data plane
 * does not know are remembered for when it does. Part of {@link RouteSync}; only the node agent's thread uses it.
 */
public final class NeighbourSync {
    private final Rtnetlink netlink;
    private final RouteResolver resolver;
    private final LinkSync links;
    private final Map<Key, Long> macs = new HashMap<>();
    private final Set<Key> touched = new HashSet<>();
    private ForwardingPlane tables;
    private long changes;
    private boolean tracks;

    /** A neighbour of an interface of the namespace. */
    public record Key(int ifindex, IpAddress address) {}

    /**
     * @param resolver knows which interfaces the data plane knows
     * @param links knows which links have neighbours with addresses of their own: on others the kernel invents them
     */
    NeighbourSync(Rtnetlink netlink, RouteResolver resolver, LinkSync links, ForwardingPlane tables) {
        this.netlink = netlink;
        this.resolver = resolver;
        this.links = links;
        this.tables = tables;
    }

    /** The neighbours that the data plane should have, by the bits of their MAC addresses. */
    public Map<Key, Long> all() {
        return Collections.unmodifiableMap(macs);
    }

    /** Programs another data plane from now on. */
    void program(ForwardingPlane newTables) {
        tables = newTables;
    }

    /** Tells everything that is known. */
    void replay() {
        macs.forEach(this::program);
    }

    /** The data plane knows an interface from now on. */
    void onBound(int ifindex) {
        macs.forEach((key, macBits) -> {
            if (key.ifindex() == ifindex) {
                program(key, macBits);
            }
        });
    }

    void onNeighbour(NeighbourMessage neighbour) {
        if (!neighbour.isUsable() || !links.resolvesNeighbours(neighbour.ifindex())) {
            onRemoved(neighbour);
        } else if (!neighbour.address().isMulticast()) {
            Key key = key(neighbour);
            Long before = macs.put(key, neighbour.macBits());
            if (before == null || before != neighbour.macBits()) {
                touch(key);
                program(key, neighbour.macBits());
            }
        }
    }

    void onRemoved(NeighbourMessage neighbour) {
        remove(key(neighbour));
    }

    /** Reads the kernel's table anew; returns how many neighbours differed from what was known. */
    int resynchronise() {
        Set<Key> gone = new HashSet<>(macs.keySet());
        long before = changes;
        netlink.dumpNeighbours(neighbour -> {
            onNeighbour(neighbour);
            gone.remove(key(neighbour));
        });
        gone.forEach(this::remove);
        return (int) (changes - before);
    }

    /** Has the kernel find out a neighbour's Ethernet address, unless it is known. */
    void resolve(int ifindex, IpAddress address) {
        if (!isResolved(ifindex, address)) {
            netlink.resolveNeighbour(ifindex, address);
        }
    }

    /** Whether a neighbour's Ethernet address is known, or none is needed. */
    boolean isResolved(int ifindex, IpAddress address) {
        return macs.containsKey(new Key(ifindex, address)) || !links.resolvesNeighbours(ifindex);
    }

    /** Has the kernel check neighbours that it has not heard of for a while, for the data plane's traffic is unseen. */
    void probeStale() {
        Set<NeighbourMessage> stale = new HashSet<>();
        netlink.dumpNeighbours(neighbour -> {
            boolean ours = resolver.egressId(neighbour.ifindex()) >= 0;
            if (ours && neighbour.state() == NeighbourMessage.STALE && neighbour.isUsable()) {
                stale.add(neighbour);
            }
        });
        stale.forEach(netlink::probeNeighbour);
    }

    /** Remembers from now on what changes. */
    void beginTracking() {
        endTracking();
        tracks = true;
    }

    void endTracking() {
        tracks = false;
        touched.clear();
    }

    /** Whether a neighbour has changed since {@link #beginTracking}. */
    public boolean isTouched(int interfaceId, IpAddress address) {
        return touched.stream()
                .anyMatch(key -> key.address().equals(address) && resolver.egressId(key.ifindex()) == interfaceId);
    }

    private void remove(Key key) {
        if (macs.remove(key) == null) {
            return;
        }
        touch(key);
        withdraw(key);
    }

    /** The data plane shall have the neighbours of an interface no longer; they are still known. */
    void withdraw(int ifindex) {
        macs.keySet().stream().filter(key -> key.ifindex() == ifindex).forEach(this::withdraw);
    }

    private void withdraw(Key key) {
        int interfaceId = resolver.egressId(key.ifindex());
        if (interfaceId < 0) {
            return;
        }
        Key twin = twin(interfaceId, key);
        Long macBits = twin == null ? null : macs.get(twin);
        if (twin == null || macBits == null) {
            tables.removeNeighbour(interfaceId, key.address());
        } else {
            program(twin, macBits);
        }
    }

    /** The same neighbour, known by the interface and by a macvlan on it, or by two of those. */
    private @Nullable Key twin(int interfaceId, Key key) {
        return resolver.sharing(interfaceId).stream()
                .map(ifindex -> new Key(ifindex, key.address()))
                .filter(other -> !other.equals(key) && macs.containsKey(other))
                .findFirst()
                .orElse(null);
    }

    private void touch(Key key) {
        changes++;
        if (tracks) {
            touched.add(key);
        }
    }

    private void program(Key key, long macBits) {
        int interfaceId = resolver.egressId(key.ifindex());
        if (interfaceId >= 0) {
            tables.addNeighbour(interfaceId, key.address(), macBits);
        }
    }

    private static Key key(NeighbourMessage neighbour) {
        return new Key(neighbour.ifindex(), neighbour.address());
    }
}
