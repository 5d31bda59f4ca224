package io.vireo.control.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.PuntLimit;
import io.vireo.control.model.Routing;
import io.vireo.control.model.Routing.ResourceLimits;
import io.vireo.control.model.Routing.Speaker;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.routing.suite.Daemon;
import io.vireo.control.node.routing.suite.FileOwner;
import io.vireo.control.node.routing.suite.Observation;
import io.vireo.control.node.routing.suite.RoutingSuite;
import io.vireo.control.node.routing.suite.Workspace;
import io.vireo.control.node.topology.RouterPlan;
import io.vireo.control.view.RoutingStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterDaemonsTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    private Path directory;

    private final FakeProcesses processes = new FakeProcesses();
    private final FakeSuite suite = new FakeSuite();
    private final List<String> events = new ArrayList<>();
    private Workspace workspace;
    private RouterDaemons daemons;
    private long nowNs = Long.MAX_VALUE - SECOND_NS; // time may overflow

    @BeforeEach
    void begin() {
        workspace = new Workspace(directory.resolve("w/n@7"));
        daemons = daemons();
    }

    private RouterDaemons daemons() {
        return new RouterDaemons(
                router(),
                suite,
                processes,
                workspace,
                new DaemonCgroup(directory.resolve("cgroup"), "n@7"),
                directory.resolve("log"),
                new Events(event -> events.add(event.text())));
    }

    private static RouterPlan router() {
        Routing routing = new Routing(
                new Speaker.Own(List.of("/bin/x")),
                Routing.DEFAULT_FAMILIES,
                null,
                Set.of(),
                false,
                ResourceLimits.DEFAULT);
        return new RouterPlan(
                "red/r1",
                7,
                "red",
                1,
                "r1",
                "ns",
                PuntLimit.DEFAULT,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                routing);
    }

    private boolean lookAfter(long seconds) {
        nowNs += seconds * SECOND_NS;
        return daemons.look(nowNs);
    }

    @Test
    void shouldStartWhatOthersNeedFirst() throws IOException {
        lookAfter(0);
        assertThat(processes.started).containsExactly("zebra");
        Files.createFile(workspace.run().resolve("zserv"));
        assertThat(lookAfter(0)).isFalse();
        assertThat(lookAfter(0)).isTrue();
        assertThat(processes.started).containsExactly("zebra", "ospfd");
        assertThat(daemons.status().state()).isEqualTo(RoutingStatus.UP);
        assertThat(workspace.configuration("ospfd")).hasContent("v1");
    }

    @Test
    void shouldWaitLongerEachTimeADaemonEndsAndForgetThatOnceItIsSteady() throws IOException {
        up();
        for (long delay : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            int before = processes.started.size();
            processes.die("ospfd");
            assertThat(lookAfter(0)).isFalse();
            assertThat(daemons.status().state()).isEqualTo(RoutingStatus.FAILING);
            assertThat(daemons.status().reason()).contains("ospfd has ended, see ");
            lookAfter(delay - 1);
            assertThat(processes.started).hasSize(before);
            lookAfter(1);
            assertThat(processes.started).hasSize(before + 1);
            assertThat(lookAfter(0)).isTrue();
        }
        assertThat(daemons.status().daemons().getLast().restarts()).isEqualTo(8);
        lookAfter(60);
        processes.die("ospfd");
        lookAfter(0);
        lookAfter(1);
        assertThat(lookAfter(0)).isTrue();
    }

    @Test
    void shouldNoticeOneThatNeverComes() {
        processes.isBroken = true;
        lookAfter(0);
        lookAfter(4);
        assertThat(daemons.status().state()).isEqualTo(RoutingStatus.STARTING);
        lookAfter(1);
        assertThat(daemons.status().reason()).contains("zebra does not start");
    }

    @Test
    void shouldAdoptWhatAnEarlierControlHasStarted() throws IOException {
        up();
        Map<String, Long> before = Map.copyOf(processes.running);
        daemons = daemons();
        assertThat(lookAfter(0)).isTrue();
        assertThat(processes.running).isEqualTo(before);
        assertThat(daemons.status().limits()).startsWith("not enforced: this machine has no cgroup v2");
        assertThat(daemons.status().daemons()).allMatch(daemon -> daemon.restarts() == 0);
        assertThat(events).anyMatch(text -> text.startsWith("ospfd runs on"));
    }

    @Test
    void shouldSayWhatChangesToARunningDaemonAndStartItAgainWhenItDoesNotTakeIt() throws IOException {
        up();
        long pid = processes.running.getOrDefault("ospfd", 0L);
        suite.configuration = "v2";
        assertThat(lookAfter(0)).isTrue();
        assertThat(suite.changes).containsExactly("ospfd v1 v2");
        assertThat(processes.running).containsEntry("ospfd", pid);

        suite.refusal = "too new";
        suite.configuration = "v3";
        lookAfter(0);
        lookAfter(0);
        assertThat(lookAfter(0)).isTrue();
        assertThat(processes.running.get("ospfd")).isNotEqualTo(pid);
        assertThat(workspace.configuration("ospfd")).hasContent("v3");
        assertThat(events).contains("ospfd is started again: too new");
    }

    /** Control may die between a daemon and what it remembers of it. */
    @Test
    void shouldSayAgainWhatALaterControlDoesNotKnowToBeSaid() throws IOException {
        up();
        suite.configuration = "v2";
        daemons = daemons();
        assertThat(lookAfter(0)).isTrue();
        assertThat(suite.changes).containsExactly("ospfd v1 v2");
    }

    @Test
    void shouldLeaveDaemonsAloneWhileTheirConfigurationCannotBeMade() throws IOException {
        up();
        suite.isUnreadable = true;
        assertThat(lookAfter(0)).isFalse();
        assertThat(processes.running).hasSize(2);
        assertThat(daemons.status().reason()).isEqualTo("no such file");
    }

    @Test
    void shouldEndDaemonsOfAnotherNamespace() throws IOException {
        up();
        processes.isElsewhere = true;
        lookAfter(0);
        assertThat(processes.killed).contains("zebra", "ospfd");
    }

    @Test
    void shouldLeaveNothingBehindNorStartAnythingOnceClosed() throws IOException {
        up();
        daemons.close();
        assertThat(processes.running).isEmpty();
        assertThat(workspace.directory()).doesNotExist();
        assertThat(lookAfter(10)).isTrue();
        assertThat(processes.running).isEmpty();
    }

    private void up() throws IOException {
        lookAfter(0);
        Files.createFile(workspace.run().resolve("zserv"));
        lookAfter(0);
        assertThat(lookAfter(0)).isTrue();
    }

    /** zebra, whose configuration is always the same, and ospfd, which needs its socket. */
    private static final class FakeSuite implements RoutingSuite {
        private final List<String> changes = new ArrayList<>();
        private String configuration = "v1";
        private @Nullable String refusal;
        private boolean isUnreadable;

        @Override
        public FileOwner owner() {
            return new FileOwner("root", "root");
        }

        @Override
        public List<Daemon> daemons(RouterPlan router, Workspace workspace) throws IOException {
            if (isUnreadable) {
                throw new IOException("no such file");
            }
            Path socket = workspace.run().resolve("zserv");
            return List.of(
                    new Daemon("zebra", List.of("z"), "", List.of(), List.of(socket)),
                    new Daemon("ospfd", List.of("o"), configuration, List.of(socket), List.of()));
        }

        @Override
        public void change(Workspace workspace, Daemon daemon, String from) throws IOException {
            if (refusal != null) {
                throw new IOException(refusal);
            }
            changes.add(daemon.name() + " " + from + " " + daemon.configuration());
        }

        @Override
        public Observation observe(RouterPlan router, Workspace workspace) {
            return Observation.NONE;
        }
    }

    /** Processes are there at once, unless they are broken. */
    private static final class FakeProcesses implements DaemonProcesses {
        private final Map<String, Long> running = new HashMap<>();
        private final List<String> started = new ArrayList<>();
        private final List<String> killed = new ArrayList<>();
        private boolean isBroken;
        private boolean isElsewhere;
        private long lastPid = 100;

        void die(String daemon) {
            running.remove(daemon);
        }

        @Override
        public long find(Workspace workspace, String daemon) {
            return running.getOrDefault(daemon, NONE);
        }

        @Override
        public boolean isIn(long pid, String namespace) {
            return !isElsewhere;
        }

        @Override
        public void start(Workspace workspace, String namespace, Daemon daemon, Path log, Path cgroup)
                throws IOException {
            Files.writeString(workspace.pidFile(daemon.name()), "1");
            started.add(daemon.name());
            if (!isBroken) {
                running.put(daemon.name(), ++lastPid);
            }
        }

        @Override
        public void end(long pid) {
            kill(pid);
        }

        @Override
        public void kill(long pid) {
            running.forEach((name, each) -> {
                if (each == pid) {
                    killed.add(name);
                }
            });
            running.values().remove(pid);
        }

        @Override
        public boolean awaitEnd(long pid) {
            return true;
        }
    }
}
