package io.vireo.control.network.watch;

import io.vireo.control.cli.ClientKeyPeer;
import io.vireo.control.keys.KeyExchange;
import io.vireo.control.network.controller.NetworkEvents;
import io.vireo.control.network.controller.NetworkService;
import io.vireo.control.network.controller.PlannedNetwork;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gives the encrypted virtual links of the network their keys, as {@code vireo keys run} does. One thread. */
public final class KeyRounds {
    private static final long KEY_AGE_SECONDS = TimeUnit.HOURS.toSeconds(1);

    private final NetworkService network;
    private final NetworkEvents events;
    private List<String> apis = List.of();
    private @Nullable KeyExchange exchange;

    /** Rounds over the nodes that the network has at the time. */
    public KeyRounds(NetworkService network, NetworkEvents events) {
        this.network = network;
        this.events = events;
    }

    /** Looks at all encrypted links once. */
    public void round(long nowNs) {
        PlannedNetwork plan = network.history().currentPlan();
        List<String> current = plan.keyedNodes().stream()
                .map(node -> plan.apis().getOrDefault(node, ""))
                .toList();
        if (exchange == null || !current.equals(apis)) {
            apis = current;
            exchange = new KeyExchange(
                    current.stream()
                            .map(api -> new ClientKeyPeer(ApiNodeReader.socket(api)))
                            .toList(),
                    KEY_AGE_SECONDS,
                    events::keys); // it remembers nothing that it could not find out
        }
        exchange.round(nowNs);
    }
}
