package io.vireo.control.node.ike;

import io.vireo.control.node.keys.TunnelKeys;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.view.DataplaneAbsentException;
import io.vireo.control.view.EspStatus;
import io.vireo.control.view.EspTunnel;
import io.vireo.control.view.KeyRefusedException;
import io.vireo.control.view.KeyState;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one tunnel: those that charon negotiates are given to the data plane in an order in which no packet is lost, those that have
 * been replaced or deleted are taken from it. Each is given once, and kept here no longer than it must be. One thread.
 *
 * <p>Who began an exchange sends by the new key at once: the far end has it. Who answered does so when the far end shows that it has it,
 * by a packet or by deleting the key before (RFC 7296 §2.8); or after a while, if it has nothing to send.
 */
final class IkeTunnel {
    /** After another key is received by, packets under the one before may still be on their way for so long. */
    static final long GRACE_NS = TimeUnit.MILLISECONDS.toNanos(1_500);

    /** So long the far end may keep silent after it was answered. */
    static final long ANSWER_NS = TimeUnit.SECONDS.toNanos(2);

    /** An SA that is deleted because there is another one begins anew within this time. */
    static final long SUCCESSOR_NS = TimeUnit.SECONDS.toNanos(1);

    /** Between two requests for other keys. */
    static final long REKEY_NS = TimeUnit.SECONDS.toNanos(3);

    private final InterfacePlan plan;
    private final int keyBytes;
    private final TunnelKeys keys;
    private final Consumer<String> failures;

    private final Set<Integer> live = new LinkedHashSet<>();
    private final Map<Integer, Long> supersededNs = new HashMap<>();
    private final Map<Integer, Long> unlistedNs = new HashMap<>();
    private @Nullable ChildKeys pending;
    private long pendingSinceNs;
    private int newestInbound;
    private int newestOutbound;
    private boolean hasDeleted;
    private long deletedNs;
    private long nextRekeyNs;

    /** @param failures takes reasons for people, when the data plane refuses a key. */
    IkeTunnel(InterfacePlan plan, int keyBytes, TunnelKeys keys, long nowNs, Consumer<String> failures) {
        this.plan = plan;
        this.keyBytes = keyBytes;
        this.keys = keys;
        this.failures = failures;
        nextRekeyNs = nowNs;
    }

    /** Charon has negotiated keys, and not yet used them. */
    void onChildKeys(ChildKeys child, long nowNs) {
        live.add(child.inboundSpi());
        newestInbound = child.inboundSpi();
        newestOutbound = child.outboundSpi();
        hasDeleted = false;
        nextRekeyNs = nowNs + REKEY_NS;
        forgetPending();
        if (child.inboundKey().length != keyBytes + ChildKeys.SALT_BYTES) {
            child.wipe();
            failures.accept("the far end and this one have agreed upon another algorithm");
            return;
        }
        try {
            EspTunnel tunnel = find(keys.status(path -> null));
            keys.receive(
                    plan,
                    child.inboundSpi(),
                    ChildKeys.saltOf(child.inboundKey()),
                    ChildKeys.keyOf(child.inboundKey()));
            pending = child;
            pendingSinceNs = nowNs;
            if (child.isInitiator() || tunnel == null || tunnel.outbound() == null) {
                send();
            }
        } catch (KeyRefusedException | DataplaneAbsentException e) {
            failures.accept("the data plane does not take its keys: " + e.getMessage());
        } finally {
            if (pending != child) {
                child.wipe();
            }
        }
    }

    /** Charon has deleted keys. */
    void onChildDeleted(int inboundSpi, long nowNs) {
        if (pending != null && pending.inboundSpi() == inboundSpi) {
            forgetPending(); // both ends began at once, and this one lost (RFC 7296 §2.8.1)
        }
        if (live.remove(inboundSpi) && live.isEmpty()) {
            hasDeleted = true;
            deletedNs = nowNs;
        }
    }

    /**
     * Which keys charon has by its own account: with an IKE SA its CHILD_SAs end, and of those nothing is said. While an IKE SA takes
     * over those of another, a list may have them in neither.
     */
    void onListed(Set<Integer> inboundSpis, long nowNs) {
        unlistedNs.keySet().removeIf(spi -> inboundSpis.contains(spi) || !live.contains(spi));
        for (int spi : List.copyOf(live)) {
            if (!inboundSpis.contains(spi)) {
                long sinceNs = unlistedNs.computeIfAbsent(spi, unknown -> nowNs);
                if (nowNs - sinceNs >= SUCCESSOR_NS) {
                    onChildDeleted(spi, sinceNs);
                }
            }
        }
    }

    boolean has(int inboundSpi) {
        return live.contains(inboundSpi);
    }

    /**
     * Does what is due.
     *
     * @param status of the data plane, as it is now.
     * @return whether charon is to negotiate other keys, for those that it has are not those of the data plane, or at their end.
     */
    boolean doWork(EspStatus status, long nowNs) {
        EspTunnel tunnel = find(status);
        if (tunnel == null) {
            return false;
        }
        try {
            if (isToSend(tunnel, nowNs)) {
                send();
                return false; // what was seen is no longer so
            }
            retireSuperseded(tunnel, nowNs);
            if (hasDeleted && nowNs - deletedNs >= SUCCESSOR_NS && tunnel.outbound() != null) {
                keys.silence(plan, (int) tunnel.outbound().spi());
            }
        } catch (KeyRefusedException e) {
            failures.accept("the data plane does not take its keys: " + e.getMessage());
        } catch (DataplaneAbsentException e) {
            return false; // it has ended since it was asked
        }
        if (live.isEmpty() || pending != null || nowNs - nextRekeyNs < 0 || hasAllKeys(tunnel)) {
            return false;
        }
        nextRekeyNs = nowNs + REKEY_NS;
        return true;
    }

    /** Charon has ended: of what it has negotiated nothing more is heard. Tunnels keep their keys. */
    void charonEnded() {
        live.clear();
        hasDeleted = false;
        forgetPending();
    }

    private boolean isToSend(EspTunnel tunnel, long nowNs) {
        return pending != null
                && (tunnel.outbound() == null
                        || live.size() == 1
                        || nowNs - pendingSinceNs >= ANSWER_NS
                        || tunnel.inbound().stream()
                                .anyMatch(key -> (int) key.spi() == newestInbound && key.packets() > 0));
    }

    private boolean hasAllKeys(EspTunnel tunnel) {
        KeyState outbound = tunnel.outbound();
        return outbound != null
                && (int) outbound.spi() == newestOutbound
                && !outbound.due()
                && tunnel.inbound().stream().anyMatch(key -> (int) key.spi() == newestInbound && !key.due());
    }

    private void send() {
        ChildKeys child = pending;
        if (child == null) {
            return;
        }
        pending = null;
        try {
            byte[] salt = ChildKeys.saltOf(child.outboundKey());
            keys.send(plan, child.outboundSpi(), salt, ChildKeys.keyOf(child.outboundKey()));
        } finally {
            child.wipe();
        }
    }

    private void retireSuperseded(EspTunnel tunnel, long nowNs) {
        for (KeyState inbound : tunnel.inbound()) {
            int spi = (int) inbound.spi();
            boolean isUsed = live.contains(spi) || (live.isEmpty() && !hasDeleted);
            if (isUsed) {
                supersededNs.remove(spi);
            } else if (nowNs - supersededNs.computeIfAbsent(spi, unknown -> nowNs) >= GRACE_NS) {
                supersededNs.remove(spi);
                keys.retire(plan, spi);
            }
        }
    }

    private @Nullable EspTunnel find(EspStatus status) {
        return status.tunnels().stream()
                .filter(tunnel -> tunnel.path().equals(plan.key()))
                .findFirst()
                .orElse(null);
    }

    private void forgetPending() {
        if (pending != null) {
            pending.wipe();
            pending = null;
        }
    }
}
