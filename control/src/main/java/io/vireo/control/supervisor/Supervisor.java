package io.vireo.control.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a node's services running.
 *
 * <p>Threads: one per service, all waiting. {@link #start} and {@link #stop} are each called once, by any thread.
 */
final class Supervisor {
    private static final Duration STOP_GRACE = Duration.ofSeconds(5);

    private final List<ServiceKeeper> keepers;
    private final List<Thread> threads = new ArrayList<>();

    /** @param services in the order in which they start; they stop in the opposite order */
    Supervisor(List<Service> services) {
        this.keepers = services.stream().map(ServiceKeeper::new).toList();
    }

    void start() {
        for (ServiceKeeper keeper : keepers) {
            threads.add(Thread.ofPlatform().start(keeper));
        }
    }

    /** Ends all services; returns when they are dead. */
    void stop() {
        keepers.reversed().forEach(keeper -> keeper.stop(STOP_GRACE));
    }
}
