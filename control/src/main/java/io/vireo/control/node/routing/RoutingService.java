package io.vireo.control.node.routing;

import io.vireo.control.model.Routing;
import io.vireo.control.model.Routing.Speaker;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.routing.frr.Frr;
import io.vireo.control.node.routing.suite.RoutingSuite;
import io.vireo.control.node.routing.suite.Workspace;
import io.vireo.control.node.topology.RouterPlan;
import io.vireo.control.view.RoutingStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Routing daemons on this node, as the plan that was applied last says. A thread of its own looks after them and asks them how they are;
 * any thread may call. Closed, it leaves all of them running.
 */
public final class RoutingService implements AutoCloseable {
    /** Beside the node's other run-time files, which are closed to the daemons' users. */
    public static final Path DIRECTORY = Path.of("/run/vireo-routing");

    private static final Logger LOG = System.getLogger(RoutingService.class.getName());
    private static final RoutingSuite FRR = new Frr();
    private static final RoutingSuite OWN_PROGRAM = new OwnProgram();
    private static final DaemonProcesses PROCESSES = new LinuxProcesses();
    private static final long LOOK_MS = 100;

    /** Between two looks at routers whose daemons all run. */
    private static final long CALM_NS = TimeUnit.SECONDS.toNanos(1);

    private final String node;
    private final Path logDirectory;
    private final Events events;
    private final Map<String, Managed> routers = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean running = true;
    private boolean hasSwept;

    /** The daemons of a router, and when they are looked at again. */
    private static final class Managed {
        final RouterDaemons daemons;
        volatile boolean isChanged = true;
        long nextLookNs;

        Managed(RouterDaemons daemons) {
            this.daemons = daemons;
        }
    }

    /** @param node its name: several may share a machine */
    public RoutingService(String node, Path logDirectory, Events events) {
        this.node = node;
        this.logDirectory = logDirectory;
        this.events = events;
        thread = Thread.ofPlatform().name("routing").daemon().start(this::run);
    }

    /** Has these routers' daemons run, and no others; returns before they do. */
    public synchronized void follow(Collection<RouterPlan> plans) {
        List<RouterPlan> wanted =
                plans.stream().filter(RoutingService::hasDaemons).toList();
        List<String> keys = wanted.stream().map(RouterPlan::key).toList();
        for (String key : List.copyOf(routers.keySet())) {
            if (!keys.contains(key)) {
                end(key);
            }
        }
        for (RouterPlan plan : wanted) {
            Managed present = routers.get(plan.key());
            if (present != null && !present.daemons.suite().equals(suiteOf(plan))) {
                end(plan.key()); // other programs take their place
                present = null;
            }
            if (present == null) {
                routers.put(plan.key(), new Managed(daemons(plan)));
            } else {
                present.daemons.want(plan);
                present.isChanged = true;
            }
        }
        if (!hasSwept) {
            hasSwept = true;
            sweep(wanted);
        }
    }

    private static boolean hasDaemons(RouterPlan plan) {
        Routing routing = plan.routing();
        return routing != null && !(routing.speaker() instanceof Speaker.None) && plan.hasNamespace();
    }

    private static RoutingSuite suiteOf(RouterPlan plan) {
        Routing routing = plan.routing();
        return routing != null && routing.speaker() instanceof Speaker.Own ? OWN_PROGRAM : FRR;
    }

    private RouterDaemons daemons(RouterPlan plan) {
        String name = workspaceName(plan);
        return new RouterDaemons(
                plan,
                suiteOf(plan),
                PROCESSES,
                new Workspace(DIRECTORY.resolve(name)),
                new DaemonCgroup(DaemonCgroup.ROOT, name),
                logDirectory,
                events);
    }

    /** Short, for a socket's path has 107 characters. */
    private String workspaceName(RouterPlan plan) {
        return node + "@" + plan.routerId();
    }

    /** Ends what an earlier life of control has left of routers that are configured no more. */
    private void sweep(List<RouterPlan> wanted) {
        List<String> names = wanted.stream().map(this::workspaceName).toList();
        for (Path each : workspaces()) {
            String name = each.getFileName().toString();
            if (name.startsWith(node + "@") && !names.contains(name)) {
                abandon(each);
            }
        }
    }

    private static List<Path> workspaces() {
        try (Stream<Path> all = Files.list(DIRECTORY)) {
            return all.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends at once, without anybody who remembers what it was for. */
    private static void abandon(Path directory) {
        Workspace workspace = new Workspace(directory);
        for (String daemon : workspace.started()) {
            long pid = PROCESSES.find(workspace, daemon);
            if (pid != DaemonProcesses.NONE) {
                PROCESSES.kill(pid);
                PROCESSES.awaitEnd(pid);
            }
        }
        try {
            workspace.remove();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} is left behind: {1}", directory, e.toString());
        }
        new DaemonCgroup(DaemonCgroup.ROOT, directory.getFileName().toString()).remove();
    }

    /** Ends the daemons of a namespace, whichever node's it is; no control may run. */
    public static void abandonNamespace(String namespace) {
        workspaces().stream()
                .filter(each -> new Workspace(each).namespace().equals(namespace))
                .forEach(RoutingService::abandon);
    }

    /** Ends the daemons of a router at once: its namespace is about to go. */
    public synchronized void abandon(RouterPlan plan) {
        Managed managed = routers.remove(plan.key());
        if (managed != null) {
            closed(managed.daemons, managed.daemons::abandon);
        }
    }

    private void end(String key) {
        Managed managed = routers.remove(key);
        if (managed != null) {
            closed(managed.daemons, managed.daemons::close);
        }
    }

    private interface Closing {
        void run() throws IOException;
    }

    private void closed(RouterDaemons daemons, Closing closing) {
        try {
            closing.run();
            events.info("routing.state", daemons.router().key(), "its daemons were ended");
        } catch (IOException e) {
            events.warning("routing.state", daemons.router().key(), "its daemons leave something behind: " + e);
        }
    }

    /** How the daemons of each router are, in the order of the routers' names. */
    public List<RoutingStatus> statuses() {
        return routers.values().stream()
                .map(each -> each.daemons.status())
                .sorted(Comparator.comparing(RoutingStatus::vpn).thenComparing(RoutingStatus::router))
                .toList();
    }

    private void run() {
        while (running) {
            for (Managed each : routers.values()) {
                try {
                    look(each);
                } catch (RuntimeException e) {
                    LOG.log(
                            Level.ERROR,
                            "The daemons of " + each.daemons.router().key() + " cannot be looked after",
                            e);
                }
            }
            try {
                Thread.sleep(LOOK_MS);
            } catch (InterruptedException e) {
                running = false;
            }
        }
    }

    private static void look(Managed managed) {
        long nowNs = System.nanoTime();
        if (!managed.isChanged && nowNs - managed.nextLookNs < 0) {
            return;
        }
        managed.isChanged = false;
        RouterDaemons daemons = managed.daemons;
        boolean allRun = daemons.look(nowNs);
        daemons.onObservation(daemons.suite().observe(daemons.router(), daemons.workspace()));
        managed.nextLookNs = System.nanoTime() + (allRun ? CALM_NS : 0);
    }

    /** Looks after daemons no more; they run on. */
    @Override
    public void close() {
        running = false;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
