package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.DemoNode;
import io.vireo.bench.demo.lab.Host;
import io.vireo.bench.demo.lab.Outcome;
import java.time.Duration;

/**
 * A route that {@code ip route} adds inside a virtual router carries packets at once, and none after it was removed: the
 * same pings fail, succeed and fail again.
 */
public final class LiveRoute implements DemoCheck {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final DemoNode node;
    private final String router;
    private final Host from;
    private final String prefix;
    private final String address;
    private final String gateway;

    /**
     * @param router the virtual router, as the command line names it
     * @param prefix what is added
     * @param address an address in it that answers behind {@code gateway}
     */
    public LiveRoute(DemoNode node, String router, Host from, String prefix, String address, String gateway) {
        this.node = node;
        this.router = router;
        this.from = from;
        this.prefix = prefix;
        this.address = address;
        this.gateway = gateway;
    }

    @Override
    public String claim() {
        return router + ": `ip route add` in the virtual router";
    }

    @Override
    public Outcome measure() throws InterruptedException {
        boolean before = answers();
        node.exec(router, "ip", "route", "add", prefix, "via", gateway).runOrThrow();
        long addedNs = System.nanoTime();
        boolean during = DemoNode.await(DEADLINE, this::answers);
        long effectMs = (System.nanoTime() - addedNs) / 1_000_000;
        node.exec(router, "ip", "route", "del", prefix).runOrThrow();
        boolean gone = DemoNode.await(DEADLINE, () -> !answers());
        return Outcome.of(
                !before && during && gone,
                "before: %s, added: %s after %d ms, removed: %s"
                        .formatted(word(before), word(during), effectMs, word(!gone)));
    }

    private boolean answers() {
        return from.command("ping", "-n", "-c", "1", "-W", "1", address).run().succeeded();
    }

    private static String word(boolean reachable) {
        return reachable ? "answers" : "no answer";
    }
}
