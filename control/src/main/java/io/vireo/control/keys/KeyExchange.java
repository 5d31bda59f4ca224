package io.vireo.control.keys;

import io.vireo.control.view.EspStatus;
import io.vireo.control.view.EspTunnel;
import io.vireo.control.view.KeyOffer;
import io.vireo.control.view.KeyState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it, round after round, that each ESP tunnel whose two ends are on its nodes has keys: where there are none, where a data
 * plane has begun anew, and where one is due for another. It remembers nothing that it could not find out. One thread.
 */
public final class KeyExchange {
    /** After another key is sent by, packets under the one before may still be on their way for so long. */
    static final long GRACE_NS = TimeUnit.MILLISECONDS.toNanos(1_500);

    private final List<KeyPeer> peers;
    private final long everySeconds;
    private final Consumer<String> log;
    private final Map<String, Long> supersededNs = new HashMap<>();
    private final Set<String> reported = new HashSet<>();
    private boolean hasFailed;

    /**
     * @param everySeconds age of a key at which another is made, at the latest; their lifetimes count too.
     * @param log takes a line for people: what was done, what failed; never a key.
     */
    public KeyExchange(List<? extends KeyPeer> peers, long everySeconds, Consumer<String> log) {
        this.peers = List.copyOf(peers);
        this.everySeconds = everySeconds;
        this.log = log;
    }

    /**
     * An end of a tunnel.
     *
     * @param incarnation of its data plane, and
     * @param ticket for one exchange: asked for before any key of the round is made, which makes the key good for once.
     */
    private record End(KeyPeer peer, EspTunnel tunnel, long incarnation, long ticket) {
        String name() {
            return peer.name() + " " + tunnel.path();
        }
    }

    /** Looks at all tunnels once; returns how many directions have another key. */
    public int round(long nowNs) {
        hasFailed = false;
        List<End> ends = ends();
        Map<String, List<End>> byAddresses = ends.stream()
                .collect(Collectors.groupingBy(
                        end -> addresses(end.tunnel().local(), end.tunnel().remote())));
        int exchanged = 0;
        for (End sender : ends) {
            End receiver = farEnd(sender, byAddresses);
            if (receiver != null) {
                retireSuperseded(sender, receiver, nowNs);
                exchanged += isDue(sender, receiver) && exchange(sender, receiver) ? 1 : 0;
            }
        }
        return exchanged;
    }

    /** Whether anything failed in the last round. */
    public boolean hasFailed() {
        return hasFailed;
    }

    private List<End> ends() {
        List<End> ends = new ArrayList<>();
        for (KeyPeer peer : peers) {
            attempt(peer.name(), () -> {
                EspStatus status = peer.status();
                long ticket = status.ticket();
                for (EspTunnel tunnel : status.tunnels()) {
                    End end = new End(peer, tunnel, status.incarnation(), ticket++);
                    if (tunnel.ike() == null) { // the others negotiate theirs
                        ends.add(end);
                    }
                }
            });
        }
        return ends;
    }

    private static String addresses(String own, String other) {
        return own + " " + other;
    }

    /** @param byAddresses all ends, by their local and remote ones. */
    private @Nullable End farEnd(End near, Map<String, List<End>> byAddresses) {
        String exchanged = addresses(near.tunnel().remote(), near.tunnel().local());
        List<End> found = byAddresses.getOrDefault(exchanged, List.of()).stream()
                .filter(end -> end.tunnel().isFarEndOf(near.tunnel()))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        once(near.name()
                + (found.isEmpty() ? ": its far end is on no node here" : ": several tunnels may be its far end"));
        return null;
    }

    private boolean isDue(End sender, End receiver) {
        KeyState outbound = sender.tunnel().outbound();
        return outbound == null
                || outbound.due()
                || outbound.ageSeconds() >= everySeconds
                || receiver.tunnel().inbound().stream()
                        .filter(inbound -> inbound.spi() == outbound.spi())
                        .allMatch(KeyState::due); // or there is none
    }

    private boolean exchange(End sender, End receiver) {
        return attempt(sender.name(), () -> {
            KeyOffer offer = receiver.peer().offer(receiver.tunnel().path());
            sender.peer().accept(sender.tunnel().path(), sender.incarnation(), sender.ticket(), offer);
            log.accept(sender.name() + ": sends by " + offer + " to "
                    + receiver.peer().name());
        });
    }

    private void retireSuperseded(End sender, End receiver, long nowNs) {
        KeyState outbound = sender.tunnel().outbound();
        for (KeyState inbound : receiver.tunnel().inbound()) {
            String id = receiver.name() + " " + inbound.spi();
            if (outbound != null && outbound.spi() == inbound.spi()) {
                supersededNs.remove(id);
            } else if (nowNs - supersededNs.computeIfAbsent(id, unknown -> nowNs) >= GRACE_NS) {
                supersededNs.remove(id);
                attempt(
                        receiver.name(),
                        () -> receiver.peer().retire(receiver.tunnel().path(), inbound.spi()));
            }
        }
    }

    private boolean attempt(String subject, Runnable action) {
        try {
            action.run();
            reported.removeIf(line -> line.startsWith(subject + ": failed"));
            return true;
        } catch (RuntimeException e) {
            hasFailed = true;
            once(subject + ": failed, and is tried again: " + e.getMessage());
            return false;
        }
    }

    private void once(String line) {
        if (reported.add(line)) {
            log.accept(line);
        }
    }
}
