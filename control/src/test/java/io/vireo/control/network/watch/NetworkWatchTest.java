package io.vireo.control.network.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.desired.ChangeRequest;
import io.vireo.control.desired.ManualClock;
import io.vireo.control.network.controller.FakeMesh;
import io.vireo.control.network.controller.FakePlanner;
import io.vireo.control.network.controller.NetworkEvents;
import io.vireo.control.network.controller.NetworkService;
import io.vireo.control.network.watch.NodeReport.LinkReport;
import io.vireo.control.store.StateStore;
import io.vireo.control.telemetry.EventLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds by hand, a second apart, over two nodes joined by the substrate links {@code direct} and {@code detour}. */
class NetworkWatchTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final FakeMesh mesh = new FakeMesh();
    private final FakeReader reader = new FakeReader();
    private final EventLog events = new EventLog(100);
    private long nowNs = SECOND;

    @SuppressWarnings("NullAway.Init")
    private StateStore store;

    @SuppressWarnings("NullAway.Init")
    private NetworkService network;

    @SuppressWarnings("NullAway.Init")
    private NetworkWatch watch;

    @BeforeEach
    void setUp() throws Exception {
        store = StateStore.open(directory);
        ManualClock clock = new ManualClock();
        NetworkEvents published = new NetworkEvents(clock, events::add);
        network = new NetworkService(store, new FakePlanner(), mesh, clock, published);
        watch = new NetworkWatch(network, reader, published, Runnable::run, () -> nowNs);
        network.apply("{\"vpns\": [{\"name\": \"red\", \"megabits\": 60}]}", new ChangeRequest("ann", "", null, null));
        reader.reports.put("unix:n1", report("up", "red/r1/west", 0));
        reader.reports.put("unix:n2", report("up", "red/r2/west", 0));
        rounds(1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static NodeReport report(String direct, String link, long sentBytes) {
        return new NodeReport(
                1,
                true,
                Map.of("direct", direct, "detour", "up"),
                Map.of(link, new LinkReport("UP", "", 60_000_000, sentBytes, 0)));
    }

    private void rounds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            watch.round();
            nowNs += SECOND;
        }
    }

    private List<String> texts(String type) {
        return events.after(0).stream()
                .filter(event -> event.event().type().equals(type))
                .map(event -> event.event().text())
                .toList();
    }

    @Test
    void shouldMovePathsWhenAnEndHasNoCarrier() {
        reader.reports.put("unix:n2", report("down", "red/r2/west", 0));
        rounds(2);
        assertThat(mesh.parts.get("n1")).contains("red:detour");
        assertThat(texts("network.substrate"))
                .containsExactly("substrate link direct is down: port direct of node n2 is down");
        assertThat(texts("network.moved")).containsExactly("red/west moved from direct to detour");
    }

    @Test
    void shouldMovePathsBackWhenTheCarrierHasStayed() {
        reader.reports.put("unix:n2", report("down", "red/r2/west", 0));
        rounds(2);
        reader.reports.put("unix:n2", report("up", "red/r2/west", 0));
        rounds(4);
        assertThat(mesh.parts.get("n1")).contains("red:detour");
        rounds(4);
        assertThat(mesh.parts.get("n1")).contains("red:direct");
    }

    @Test
    void shouldPlanNothingAnewWhileControlOfANodeRestarts() {
        reader.reports.remove("unix:n2");
        rounds(30);
        reader.reports.put("unix:n2", report("up", "red/r2/west", 0));
        rounds(10);
        assertThat(network.history().currentVersion().number()).isEqualTo(1);
        assertThat(texts("network.node"))
                .containsExactly("node n2 does not answer: control does not answer on unix:n2", "node n2 answers");
    }

    @Test
    void shouldMarkTheLinksOfANodeThatIsAwayForLong() {
        reader.reports.remove("unix:n2");
        rounds(62);
        assertThat(texts("network.substrate"))
                .hasSize(2)
                .allSatisfy(text -> assertThat(text).contains("node n2 has not answered for 1 min"));
        assertThat(texts("network.stuck")).isNotEmpty();
    }

    @Test
    void shouldSayWhatNodesShouldHaveAndWhatTheyDo() {
        reader.drifts.put("unix:n1", "@@ ports[p1] @@\n- mtu: 1500\n");
        reader.reports.put(
                "unix:n1", new NodeReport(2, true, Map.of(), Map.of())); // somebody has made version 2 by hand
        reader.reports.remove("unix:n2");
        rounds(2);
        assertThat(watch.nodes()).extracting(NodeView::node).containsExactly("n1", "n2");
        NodeView first = watch.nodes().getFirst();
        assertThat(first.inSync()).isFalse();
        assertThat(first.drift()).contains("mtu: 1500");
        assertThat(first.configVersion()).isEqualTo(2);
        assertThat(watch.nodes().getLast().reachable()).isFalse();
    }

    @Test
    void shouldSayWhatVirtualLinksCarry() {
        reader.reports.put("unix:n1", report("up", "red/r1/west", 1_250_000));
        rounds(1);
        VirtualLinkView link = watch.links().getFirst();
        assertThat(link.up()).isTrue();
        assertThat(link.path()).containsExactly("direct");
        assertThat(link.a().sentBitsPerSecond()).isEqualTo(10_000_000);
        assertThat(link.a().guaranteedBitsPerSecond()).isEqualTo(60_000_000);
        reader.reports.remove("unix:n2");
        rounds(2);
        assertThat(watch.links().getFirst().b().state()).isEqualTo("UNKNOWN");
        assertThat(watch.links().getFirst().up()).isFalse();
    }
}
