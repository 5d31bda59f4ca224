package io.vireo.control.keys;

import io.vireo.control.view.EspStatus;
import io.vireo.control.view.EspTunnel;
import io.vireo.control.view.KeyOffer;
import io.vireo.control.view.KeyState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node with one tunnel, whose data plane takes keys by the rules of the true one (EspKeysTest), dies, and whose answers get lost. What
 * it sends is a pair of key and number; none may be sent twice.
 */
final class SimulatedPeer implements KeyPeer {
    private final String name;
    private final String local;
    private final String remote;
    private final Random random;
    private final Set<String> sentEver;
    private final Map<Long, String> inbound = new LinkedHashMap<>();
    private final List<Runnable> late = new ArrayList<>();
    private @Nullable KeyOffer outbound;
    private long incarnation = 1;
    private long lastTicket;
    private long ticket;
    private long number;
    private long keys;
    double failures;

    /** @param sentEver what all have sent. */
    SimulatedPeer(String name, String local, String remote, Random random, Set<String> sentEver) {
        this.name = name;
        this.local = local;
        this.remote = remote;
        this.random = random;
        this.sentEver = sentEver;
    }

    /** The data plane dies and begins anew. */
    void kill() {
        incarnation++;
        outbound = null;
        inbound.clear();
        lastTicket = 0;
    }

    /** A request that was believed lost arrives after all. */
    void deliverLate() {
        if (!late.isEmpty()) {
            late.remove(random.nextInt(late.size())).run();
        }
    }

    /** Sends a packet; returns whether the other end can read it, or null: it may not send. */
    @Nullable
    Boolean send(SimulatedPeer to) {
        if (outbound == null) {
            return null;
        }
        if (!sentEver.add(outbound.key() + " " + number++)) {
            throw new AssertionError("key and nonce were used before");
        }
        return outbound.key().equals(to.inbound.get(outbound.spi()));
    }

    private void mayFail() {
        if (random.nextDouble() < failures) {
            throw new IllegalStateException("lost");
        }
    }

    @Override
    public String name() {
        return name;
    }

    private static KeyState state(long spi) {
        return new KeyState(spi, 0, 0, 0, 0, 0, false, false);
    }

    @Override
    public EspStatus status() {
        mayFail();
        KeyOffer out = outbound;
        EspTunnel tunnel = new EspTunnel(
                "a/r/t",
                "aes-gcm-128",
                true,
                "base/r",
                local,
                remote,
                out == null ? null : state(out.spi()),
                inbound.keySet().stream().map(SimulatedPeer::state).toList(),
                null);
        return new EspStatus(incarnation, ++ticket, List.of(tunnel));
    }

    @Override
    public KeyOffer offer(String path) {
        mayFail();
        if (inbound.size() == 4) {
            throw new IllegalStateException("spi: the tunnel has 4 inbound keys");
        }
        KeyOffer offer = new KeyOffer(random.nextLong(256, 1L << 32), "00000000", name + " " + keys++);
        inbound.put(offer.spi(), offer.key());
        mayFail();
        return offer;
    }

    @Override
    public void accept(String path, long forIncarnation, long withTicket, KeyOffer offer) {
        if (random.nextDouble() < failures) {
            late.add(() -> install(forIncarnation, withTicket, offer));
            throw new IllegalStateException("lost on its way, or late");
        }
        if (!install(forIncarnation, withTicket, offer)) {
            throw new IllegalStateException("refused");
        }
        if (random.nextDouble() < failures) {
            late.add(() -> install(forIncarnation, withTicket, offer)); // and comes twice
        }
        mayFail();
    }

    private boolean install(long forIncarnation, long withTicket, KeyOffer offer) {
        if (forIncarnation != incarnation || withTicket <= lastTicket) {
            return false;
        }
        lastTicket = withTicket;
        outbound = offer;
        number = 1;
        return true;
    }

    @Override
    public void retire(String path, long spi) {
        mayFail();
        inbound.remove(spi);
        mayFail();
    }

    static Set<String> nothingSent() {
        return new HashSet<>();
    }
}
