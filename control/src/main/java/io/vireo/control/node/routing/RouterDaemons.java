package io.vireo.control.node.routing;

import io.vireo.control.model.Routing;
import io.vireo.control.model.Routing.Speaker;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.routing.suite.Daemon;
import io.vireo.control.node.routing.suite.Observation;
import io.vireo.control.node.routing.suite.RoutingSuite;
import io.vireo.control.node.routing.suite.Workspace;
import io.vireo.control.node.topology.RouterPlan;
import io.vireo.control.view.RoutingStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the daemons of one router: adopts those that run, starts those that do not, after a while that doubles each time one ends soon,
 * and has them go from one configuration to the next. Thread-safe; time is given.
 */
final class RouterDaemons {
    private static final String EVENT = "routing.state";

    private final RoutingSuite suite;
    private final DaemonProcesses processes;
    private final Workspace workspace;
    private final DaemonCgroup cgroup;
    private final Path logDirectory;
    private final Events events;
    private final NeighbourWatch neighbours;
    private final Map<String, KeptDaemon> kept = new LinkedHashMap<>();
    private RouterPlan router;
    private @Nullable String refusal;
    private boolean isClosed;
    private boolean isLimited;

    RouterDaemons(
            RouterPlan router,
            RoutingSuite suite,
            DaemonProcesses processes,
            Workspace workspace,
            DaemonCgroup cgroup,
            Path logDirectory,
            Events events) {
        this.router = router;
        this.suite = suite;
        this.processes = processes;
        this.workspace = workspace;
        this.cgroup = cgroup;
        this.logDirectory = logDirectory;
        this.events = events;
        neighbours = new NeighbourWatch(router.key(), events);
    }

    RoutingSuite suite() {
        return suite;
    }

    Workspace workspace() {
        return workspace;
    }

    synchronized RouterPlan router() {
        return router;
    }

    /** What it shall be from now on; {@link #look} brings it there. */
    synchronized void want(RouterPlan next) {
        isLimited &=
                routing().limits().equals(Objects.requireNonNull(next.routing()).limits());
        router = next;
    }

    private Routing routing() {
        return Objects.requireNonNull(router.routing());
    }

    /** Looks after all daemons. Returns whether all of them run as they shall. */
    synchronized boolean look(long nowNs) {
        if (isClosed) {
            return true;
        }
        List<Daemon> wanted;
        try {
            if (!workspace.namespace().equals(router.namespace())) {
                endAndForget(workspace.started()); // somebody else's, who is no more
                workspace.create(router.namespace(), suite.owner());
            }
            wanted = suite.daemons(router, workspace);
            refuse(null);
        } catch (IOException e) {
            refuse(String.valueOf(e.getMessage()));
            return false;
        }
        if (!isLimited) { // those that run from an earlier control may have had others
            cgroup.prepare(routing().limits());
            isLimited = true;
        }
        endOthers(wanted.stream().map(Daemon::name).collect(Collectors.toSet()));
        boolean allRun = true;
        for (Daemon daemon : wanted) {
            allRun &= keep(daemon, kept.computeIfAbsent(daemon.name(), name -> new KeptDaemon(nowNs)), nowNs);
        }
        return allRun;
    }

    private void refuse(@Nullable String reason) {
        if (reason != null && !reason.equals(refusal)) {
            events.error(EVENT, router.key(), "daemons stay as they are: " + reason);
        }
        refusal = reason;
    }

    /** Returns whether the daemon runs as it shall. */
    private boolean keep(Daemon daemon, KeptDaemon state, long nowNs) {
        long pid = processes.find(workspace, daemon.name());
        if (pid != DaemonProcesses.NONE && !processes.isIn(pid, router.namespace())) {
            if (state.isStarting()) {
                return false; // on its way there
            }
            end(
                    List.of(daemon.name()),
                    processes::kill); // its namespace has gone, and there is another one of that name
            pid = DaemonProcesses.NONE;
        }
        if (pid == DaemonProcesses.NONE) {
            if (state.pid() != DaemonProcesses.NONE) {
                fail(daemon, state, daemon.name() + " has ended", nowNs);
            } else if (state.isOverdue(nowNs)) {
                fail(daemon, state, daemon.name() + " does not start", nowNs);
            } else if (state.isDue(nowNs) && daemon.needs().stream().allMatch(Files::exists)) {
                start(daemon, state, nowNs);
            }
            return false;
        }
        if (pid != state.pid()) {
            String verb = state.isStarting() ? " runs" : " runs on";
            events.info(EVENT, router.key(), daemon.name() + verb + ", process " + pid);
        }
        state.onSeen(pid, nowNs);
        return change(daemon, state, nowNs);
    }

    private void fail(Daemon daemon, KeptDaemon state, String reason, long nowNs) {
        String said = reason + ", see " + log(daemon);
        if (!said.equals(state.failure())) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(state.delayNs());
            events.warning(EVENT, router.key(), said + "; it is started again in " + seconds + " s");
        }
        state.onFailure(said, nowNs);
    }

    private void start(Daemon daemon, KeptDaemon state, long nowNs) {
        state.onStart(nowNs);
        try {
            workspace.writeConfiguration(daemon, suite.owner());
            workspace.writeApplied(daemon);
            Path limits = cgroup.prepare(routing().limits());
            processes.start(workspace, router.namespace(), daemon, log(daemon), limits);
        } catch (IOException e) {
            fail(daemon, state, daemon.name() + " cannot be started: " + e.getMessage(), nowNs);
        }
    }

    /** Returns whether the daemon has its configuration. */
    private boolean change(Daemon daemon, KeptDaemon state, long nowNs) {
        String from = workspace.applied(daemon);
        if (from.equals(daemon.configuration())) {
            return true;
        }
        try {
            workspace.writeConfiguration(daemon, suite.owner());
            suite.change(workspace, daemon, from);
            workspace.writeApplied(daemon);
            events.info(EVENT, router.key(), daemon.name() + " has its new configuration");
            return true;
        } catch (IOException e) {
            // What it has taken of it nobody knows: as it starts it reads the whole.
            events.warning(EVENT, router.key(), daemon.name() + " is started again: " + e.getMessage());
            end(List.of(daemon.name()), processes::end);
            state.onEnd(nowNs);
            return false;
        }
    }

    private Path log(Daemon daemon) {
        return logDirectory.resolve("routing-" + router.key().replace('/', '-') + "-" + daemon.name() + ".log");
    }

    private void endOthers(Set<String> wanted) {
        endAndForget(workspace.started().stream()
                .filter(name -> !wanted.contains(name))
                .toList());
    }

    private void endAndForget(List<String> names) {
        end(names, processes::end);
        for (String name : names) {
            try {
                workspace.forget(name);
            } catch (IOException e) {
                refuse(String.valueOf(e.getMessage()));
            }
            if (kept.remove(name) != null) {
                events.info(EVENT, router.key(), name + " was ended");
            }
        }
    }

    private void end(List<String> names, LongConsumer end) {
        List<Long> pids = names.stream()
                .map(name -> processes.find(workspace, name))
                .filter(pid -> pid != DaemonProcesses.NONE)
                .toList();
        pids.forEach(end::accept);
        for (long pid : pids) {
            if (!processes.awaitEnd(pid)) {
                processes.kill(pid);
                processes.awaitEnd(pid);
            }
        }
    }

    /** Ends all daemons, which take the routes back that they have brought, and removes what was theirs. */
    synchronized void close() throws IOException {
        close(processes::end);
    }

    /** As {@link #close}, at once: the namespace is about to go. */
    synchronized void abandon() throws IOException {
        close(processes::kill);
    }

    private void close(LongConsumer end) throws IOException {
        end(workspace.started(), end);
        isClosed = true;
        kept.clear();
        workspace.remove();
        cgroup.remove();
    }

    synchronized void onObservation(Observation next) {
        neighbours.onObservation(next);
    }

    synchronized RoutingStatus status() {
        String reason = refusal;
        boolean allRun = !kept.isEmpty();
        for (KeptDaemon each : kept.values()) {
            allRun &= each.pid() != DaemonProcesses.NONE;
            reason = reason == null ? each.failure() : reason;
        }
        String state = reason != null ? RoutingStatus.FAILING : allRun ? RoutingStatus.UP : RoutingStatus.STARTING;
        return new RoutingStatus(
                router.vpn(),
                router.name(),
                protocol(routing().speaker()),
                state,
                reason,
                workspace.directory().toString(),
                cgroup.state(),
                kept.entrySet().stream()
                        .map(each -> new RoutingStatus.Daemon(
                                each.getKey(),
                                each.getValue().pid(),
                                each.getValue().restarts()))
                        .toList(),
                neighbours.last().neighbours(),
                neighbours.last().routes());
    }

    private static String protocol(Speaker speaker) {
        return switch (speaker) {
            case Speaker.None _ -> "static";
            case Speaker.Ospf _ -> "ospf";
            case Speaker.Rip _ -> "rip";
            case Speaker.Bgp _ -> "bgp";
            case Speaker.Own _ -> "own";
        };
    }
}
