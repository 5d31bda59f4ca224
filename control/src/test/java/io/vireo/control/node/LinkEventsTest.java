package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Shell;
import io.vireo.control.linux.TestNamespace;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.DataplaneStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long after a command about a link has returned the node shows what it did; {@code bench/link-events} measures more kinds. The
 * machine may take time from a few of them, so medians count, and a round in which it took too much is repeated.
 */
@Tag("slow")
class LinkEventsTest {
    private static final long TIMEOUT_NS = 60_000_000_000L;
    private static final long LIMIT_NS = 100_000_000;
    private static final int EVENTS = 7;
    private static final int ROUNDS = 5;
    private static final String DEVICE = "vl" + ProcessHandle.current().pid();

    @TempDir
    private Path directory;

    private TestNamespace host;
    private RunningNode node;

    @BeforeEach
    void start() throws ApplyRefusedException, InvalidConfigurationException {
        host = new TestNamespace();
        Shell.run("ip link add " + DEVICE + " type veth peer name eth0 netns " + host.name());
        Shell.run("ip link set " + DEVICE + " up");
        host.batch("link set eth0 up\n");
        node = RunningNode.start("le" + ProcessHandle.current().pid(), directory.resolve("n"), List.of(DEVICE));
        waitUntil(() -> node.service().status().dataplane().state() == DataplaneStatus.State.SYNCHRONISING);
        node.apply(ConfigurationReader.read("""
            ports: [{name: p1, device: "af_packet:%s"}]
            vpns: [{name: blue, id: 101, routers: [{name: r1, interfaces: [{name: lan, port: p1, addresses: [10.0.1.1/24]}]}]}]
            """.formatted(DEVICE)));
        waitUntil(() -> isPort("up"));
    }

    @AfterEach
    void stop() {
        node.close();
        Shell.run("ip link del " + DEVICE);
        host.close();
    }

    @Test
    void shouldFollowACableWithin100Milliseconds() {
        assertFollowed(
                () -> host.batch("link set eth0 down\n"),
                () -> isPort("down") && !hasCarrier(),
                () -> host.batch("link set eth0 up\n"),
                () -> isPort("up") && hasCarrier());
    }

    @Test
    void shouldFollowARouterInterfaceWithin100Milliseconds() {
        assertFollowed(
                () -> node.in("blue", "r1", "ip link set lan down"),
                () -> !isInterfaceUp(),
                () -> node.in("blue", "r1", "ip link set lan up"),
                this::isInterfaceUp);
    }

    /** Not more than a few: each time the port is opened costs the data plane memory. */
    @Test
    void shouldFollowADeviceThatIsRenamedWithin100Milliseconds() {
        List<Long> gone = new ArrayList<>();
        for (int n = 0; n < EVENTS; n++) {
            gone.add(measure(() -> Shell.run("ip link set " + DEVICE + " name " + DEVICE + "x"), () -> isPort("down")));
            measure(() -> Shell.run("ip link set " + DEVICE + "x name " + DEVICE), () -> isPort("up"));
        }
        assertThat(median(gone)).as("of %s ns", gone).isLessThan(LIMIT_NS);
    }

    private void assertFollowed(Runnable there, BooleanSupplier isThere, Runnable back, BooleanSupplier isBack) {
        List<Long> best = List.of(Long.MAX_VALUE);
        for (int round = 0; round < ROUNDS && median(best) >= LIMIT_NS; round++) {
            List<Long> all = new ArrayList<>();
            for (int n = 0; n < EVENTS; n++) {
                all.add(measure(there, isThere));
                all.add(measure(back, isBack));
            }
            best = median(all) < median(best) ? all : best;
        }
        assertThat(median(best)).as("of %s ns", best).isLessThan(LIMIT_NS);
    }

    private long measure(Runnable event, BooleanSupplier isShown) {
        event.run();
        long beginNs = System.nanoTime();
        waitUntil(isShown);
        return System.nanoTime() - beginNs;
    }

    private static long median(List<Long> figures) {
        List<Long> sorted = new ArrayList<>(figures);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private boolean isPort(String state) {
        return node.service().status().ports().getFirst().state().equals(state);
    }

    private boolean isInterfaceUp() {
        return node.service()
                .status()
                .routers()
                .getFirst()
                .interfaces()
                .getFirst()
                .up();
    }

    private boolean hasCarrier() {
        return node.in("blue", "r1", "ip -o link show lan").contains("LOWER_UP");
    }

    private void waitUntil(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(node.log()).isLessThan(deadlineNs);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
