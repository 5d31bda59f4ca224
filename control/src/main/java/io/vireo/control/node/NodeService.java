package io.vireo.control.node;

import io.vireo.control.linux.LockHeldException;
import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.linux.ProcessLock;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Problem;
import io.vireo.control.node.agent.NodeAgent;
import io.vireo.control.node.capture.CaptureBoard;
import io.vireo.control.node.capture.TraceBoard;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.host.FlowSeed;
import io.vireo.control.node.host.HostTuning;
import io.vireo.control.node.ike.IkeService;
import io.vireo.control.node.keys.NodeKeys;
import io.vireo.control.node.keys.TunnelKeys;
import io.vireo.control.node.namespace.CarrierKeeper;
import io.vireo.control.node.namespace.NamespaceLedger;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.plan.Planner;
import io.vireo.control.node.pump.TapPump;
import io.vireo.control.node.reconcile.LinuxSide;
import io.vireo.control.node.reconcile.Reconciler;
import io.vireo.control.node.routing.RoutingService;
import io.vireo.control.node.session.DataplaneLostException;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.status.ClassReader;
import io.vireo.control.node.status.LabelTableReader;
import io.vireo.control.node.status.LinkReader;
import io.vireo.control.node.status.MemberReader;
import io.vireo.control.node.status.StatusReader;
import io.vireo.control.node.status.TableReader;
import io.vireo.control.node.status.TableSlots;
import io.vireo.control.node.topology.DataplaneLimits;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.RouterPlan;
import io.vireo.control.node.trace.TraceText;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.ApplyReport;
import io.vireo.control.view.AuditReport;
import io.vireo.control.view.Capture;
import io.vireo.control.view.CaptureRequest;
import io.vireo.control.view.CapturedFrame;
import io.vireo.control.view.ClassStatus;
import io.vireo.control.view.DataplaneAbsentException;
import io.vireo.control.view.InterfacePath;
import io.vireo.control.view.Keys;
import io.vireo.control.view.LabelStatus;
import io.vireo.control.view.LinkStatus;
import io.vireo.control.view.MemberStatus;
import io.vireo.control.view.NeighbourStatus;
import io.vireo.control.view.Node;
import io.vireo.control.view.NodeStatus;
import io.vireo.control.view.NotFoundException;
import io.vireo.control.view.RouteStatus;
import io.vireo.control.view.TablePart;
import io.vireo.control.view.TableQuery;
import io.vireo.control.view.TooManyCapturesException;
import io.vireo.control.view.TraceReport;
import io.vireo.control.view.TraceRequest;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.layout.SharedLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The node: what of control is neither API nor store. Holds {@code control.lock} while it lives. Any thread may call;
 * calls that change something wait for each other.
 */
public final class NodeService implements Node {
    private static final long ANSWER_TIMEOUT_MS = 30_000;
    private static final long TRACE_TIMEOUT_MS = 2_000;
    private static final int ALL = -1;

    private final NodeContext context;
    private final ProcessLock lock;
    private final TraceBoard traces = new TraceBoard();
    private final CaptureBoard captures = new CaptureBoard();
    private final TableSlots tableSlots = new TableSlots();
    private final ReentrantLock applying = new ReentrantLock();
    private final CarrierKeeper carriers;
    private final TapPump pump;
    private final NodeAgent agent;
    private final LinuxSide linux;
    private final Reconciler reconciler;
    private final NodeKeys keys;
    private final IkeService ike;
    private final RoutingService routing;
    private final Thread pumpThread;
    private final Thread agentThread;

    private NodeService(NodeContext context, ProcessLock lock) {
        this.context = context;
        this.lock = lock;
        Path directory = context.sharedDirectory();
        Events events = new Events(context.listener());
        carriers = new CarrierKeeper(directory.resolve("supervisor.sock"));
        pump = new TapPump(traces, captures);
        agent = new NodeAgent(
                directory.resolve("dataplane.shm"), context.auditPeriod(), pump, captures, carriers, events);
        routing = new RoutingService(context.nodeName(), context.logDirectory(), events);
        linux = new LinuxSide(pump, carriers, new NamespaceLedger(directory), routing, events);
        reconciler = new Reconciler(
                agent, linux, context.ids(), events, context.answerTimeouts(), limits -> planner(context, limits));
        TunnelKeys tunnelKeys = new TunnelKeys(agent, this::requireSession, NodeService::await);
        pumpThread = Thread.ofPlatform().name("tap-pump").daemon().start(pump);
        agentThread = Thread.ofPlatform().name("node-agent").daemon().start(agent);
        ike = new IkeService(tunnelKeys, directory.resolve("ike"), events);
        keys = new NodeKeys(tunnelKeys, ike::status);
    }

    private static Planner planner(NodeContext context, DataplaneLimits limits) {
        return new Planner(
                context.nodeName(), context.namespacePrefix(), FlowSeed.of(context.nodeName()), context.ids(), limits);
    }

    /**
     * Starts the node's threads. A data plane need not be there, and is told nothing before the first {@link #apply}.
     *
     * @throws NodeLockedException when another control runs on this node
     */
    public static NodeService start(NodeContext context) {
        Path directory = context.sharedDirectory();
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            ProcessLock lock = ProcessLock.acquire(directory.resolve("control.lock"));
            HostTuning.apply();
            return new NodeService(context, lock);
        } catch (LockHeldException e) {
            throw new NodeLockedException(
                    "another control runs on node " + context.nodeName() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + directory, e);
        }
    }

    /** Removes the namespaces, with the TAP devices, that the node of this directory made. No control may run. */
    public static void removeNamespaces(Path sharedDirectory) {
        NamespaceLedger ledger = new NamespaceLedger(sharedDirectory);
        List<String> all = ledger.othersThan(List.of());
        all.stream().filter(NamespaceLedger::isNamespace).forEach(name -> {
            RoutingService.abandonNamespace(name);
            NetworkNamespace.delete(name);
        });
        ledger.removeAll(all);
    }

    @Override
    public List<Problem> check(Configuration configuration) {
        return exclusively(() -> reconciler.check(configuration));
    }

    @Override
    public ApplyReport apply(Configuration configuration) throws ApplyRefusedException {
        applying.lock();
        try {
            return reconciler.apply(configuration);
        } finally {
            applying.unlock();
        }
    }

    @Override
    public NodeStatus status() {
        return agent.call(() -> new StatusReader(context.nodeName(), agent, pump.counts()).read())
                .with(routing.statuses());
    }

    @Override
    public TablePart<RouteStatus> routes(String vpn, String router, TableQuery query) {
        return tableSlots.read(() -> await(agent.call(() -> tables(vpn, router).routes(query))));
    }

    @Override
    public TablePart<NeighbourStatus> neighbours(String vpn, String router, TableQuery query) {
        return tableSlots.read(() -> await(agent.call(() -> tables(vpn, router).neighbours(query))));
    }

    @Override
    public List<ClassStatus> classes(@Nullable InterfacePath path) {
        String interfaceKey = path == null ? null : interfacePlan(path).key();
        return agent.call(() -> new ClassReader(agent.plan(), agent.session()).read(interfaceKey));
    }

    @Override
    public List<LinkStatus> links() {
        Map<String, String> unkeyed = keys.unkeyed();
        return agent.call(() -> new LinkReader(agent, unkeyed).read());
    }

    @Override
    public List<LabelStatus> labels() {
        return await(agent.call(() -> new LabelTableReader(agent.plan()).read(requireSession())));
    }

    @Override
    public List<MemberStatus> members() {
        return agent.call(() -> new MemberReader(agent.plan(), agent.session()).read());
    }

    @Override
    public AuditReport audit() {
        return await(agent.call(() -> agent.audit().request()));
    }

    @Override
    public Capture capture(CaptureRequest request, Consumer<CapturedFrame> consumer) {
        int interfaceId = request.interfacePath() == null
                ? ALL
                : interfacePlan(request.interfacePath()).interfaceId();
        CaptureBoard.Running running =
                new CaptureBoard.Running(interfaceId, dropReason(request.dropReason()), request.snapLength(), consumer);
        int id = captures.open(running).orElseThrow(() -> new TooManyCapturesException(SharedLayout.MAX_CAPTURES));
        try {
            onSession(session -> {
                session.startCapture(id, interfaceId, running.dropReason(), running.snapLength());
                return id;
            });
        } catch (RuntimeException e) {
            captures.close(id);
            throw e;
        }
        return () -> stopCapture(id);
    }

    @Override
    public TraceReport trace(TraceRequest request) {
        int interfaceId = interfacePlan(request.interfacePath()).interfaceId();
        long correlationId = onSession(DataplaneSession::nextCorrelationId);
        CompletableFuture<TraceBoard.Trace> answer = traces.expect(correlationId);
        try {
            if (!pump.trace(correlationId, interfaceId, new UnsafeBuffer(request.frame()))) {
                throw new DataplaneAbsentException("the data plane takes no frame at present");
            }
            TraceBoard.Trace trace = await(answer.orTimeout(TRACE_TIMEOUT_MS, TimeUnit.MILLISECONDS));
            return agent.call(() -> new TraceText(agent.plan(), agent.routers()::longestMatch).report(trace));
        } finally {
            traces.forget(correlationId);
        }
    }

    @Override
    public Keys keys() {
        return keys;
    }

    @Override
    public String namespaceOf(String vpn, String router) {
        return router(vpn, router).namespace();
    }

    /** IKE, for tests. */
    IkeService ike() {
        return ike;
    }

    /** Has all virtual routers ask for neighbours not heard of lately; happens by itself every half minute. */
    void probeNeighbours() {
        agent.run(() -> agent.routers().probeAllNeighbours());
    }

    @Override
    public void close() {
        applying.lock();
        try {
            ike.close();
            routing.close();
            agent.stop();
            join(agentThread);
            pump.stop();
            join(pumpThread);
            carriers.close();
            linux.close();
            lock.close();
        } finally {
            applying.unlock();
        }
    }

    private void stopCapture(int id) {
        captures.close(id);
        agent.run(() -> {
            DataplaneSession session = agent.session();
            if (session != null) {
                session.stopCapture(id);
            }
        });
    }

    private TableReader tables(String vpn, String router) {
        RouterPlan plan = router(vpn, router, agent.plan());
        return new TableReader(requireSession(), plan);
    }

    private <T> T onSession(Function<DataplaneSession, T> action) {
        return agent.call(() -> action.apply(requireSession()));
    }

    private DataplaneSession requireSession() {
        DataplaneSession session = agent.session();
        if (session == null) {
            throw new DataplaneAbsentException("there is no data plane: " + agent.absence());
        }
        return session;
    }

    private RouterPlan router(String vpn, String router) {
        return router(vpn, router, agent.call(agent::plan));
    }

    private static RouterPlan router(String vpn, String router, NodePlan plan) {
        RouterPlan found = plan.routers().get(vpn + "/" + router);
        if (found == null || !found.hasNamespace()) {
            throw new NotFoundException("there is no router " + vpn + "/" + router);
        }
        return found;
    }

    private InterfacePlan interfacePlan(InterfacePath path) {
        InterfacePlan found = agent.call(agent::plan).interfaces().get(path.toString());
        if (found == null) {
            throw new NotFoundException("there is no interface " + path);
        }
        return found;
    }

    private static int dropReason(@Nullable String name) {
        if (name == null) {
            return ALL;
        }
        try {
            return DropReason.valueOf(name).code();
        } catch (IllegalArgumentException e) {
            throw new NotFoundException("there is no drop reason " + name);
        }
    }

    private <T> T exclusively(Supplier<T> action) {
        applying.lock();
        try {
            return action.get();
        } finally {
            applying.unlock();
        }
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.orTimeout(ANSWER_TIMEOUT_MS, TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case TimeoutException _ -> throw new DataplaneAbsentException("the data plane did not answer in time");
                case DataplaneLostException lost ->
                    throw new DataplaneAbsentException(String.valueOf(lost.getMessage()));
                case RuntimeException cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
