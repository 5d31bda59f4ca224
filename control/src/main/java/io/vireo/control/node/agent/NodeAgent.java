package io.vireo.control.node.agent;

import io.vireo.control.linux.Epoll;
import io.vireo.control.linux.Mailbox;
import io.vireo.control.node.audit.Audit;
import io.vireo.control.node.audit.DriftWatch;
import io.vireo.control.node.capture.CaptureBoard;
import io.vireo.control.node.events.ActiveAlarms;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.forwarding.AbsentForwardingPlane;
import io.vireo.control.node.forwarding.ForwardingPlane;
import io.vireo.control.node.host.HostLinks;
import io.vireo.control.node.mirror.VirtualRouter;
import io.vireo.control.node.mirror.VirtualRouters;
import io.vireo.control.node.namespace.CarrierKeeper;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.pump.TapPump;
import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneLostException;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.topology.DataplaneLimits;
import io.vireo.control.view.AlarmStatus;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.dataplane.wire.memory.SharedMemoryException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The thread that keeps the data plane as it shall be. It attaches to whichever data plane there is, programs a new one
 * with everything, follows the kernel's tables of all virtual routers, and audits. It owns the {@link DataplaneSession}, the
 * {@link VirtualRouter}s and the {@link NodePlan} in force; other threads reach them by {@link #call}.
 *
 * <p>A data plane that was there before this control was (control has been restarted) keeps forwarding by what it knows:
 * nothing is programmed before the first configuration has been applied to Linux, then everything between ResyncBegin and
 * ResyncEnd, so that only stale entries go.
 */
public final class NodeAgent implements Runnable, DataplaneAnswers.Listener {
    private static final Logger LOG = System.getLogger(NodeAgent.class.getName());
    private static final long IDLE_NS = 5_000_000;
    private static final long WAITING_NS = 200_000;
    private static final long SESSION_CHECK_NS = 20_000_000;
    private static final long SILENCE_NS = 5_000_000_000L;
    private static final long HAND_OVER_NS = 1_000_000_000L;
    private static final long WAKE_TOKEN = 0;
    private static final long HOST_TOKEN = 1;

    private final Path sharedFile;
    private final TapPump pump;
    private final CarrierKeeper carriers;
    private final Events events;
    private final ActiveAlarms alarms;
    private final ErrorWatch errors;
    private final DriftWatch drift;
    private final Audit audit;
    private final Epoll epoll = new Epoll("node agent");
    private final Mailbox mailbox = new Mailbox("node agent");
    private final VirtualRouters routers;
    private final HostLinks hosts = HostLinks.open();
    private final PortWatch ports;
    private final TunnelWatch tunnels;
    private final Resynchronisation resynchronisation;
    private final Set<String> reported = new HashSet<>();
    private NodePlan plan = NodePlan.EMPTY;
    private boolean programmingEnabled;
    private @Nullable DataplaneSession session;
    private DataplaneStatus.State state = DataplaneStatus.State.ABSENT;
    private String absence = "it was not looked for yet";
    private long nextSessionCheckNs = System.nanoTime();
    private long nextHandOverNs = nextSessionCheckNs;
    private volatile boolean running = true;

    /**
     * @param sharedFile the shared memory of the data plane, once there is one
     * @param auditPeriod how often the data plane's tables are compared with the kernel's
     */
    public NodeAgent(
            Path sharedFile,
            Duration auditPeriod,
            TapPump pump,
            CaptureBoard captures,
            CarrierKeeper carriers,
            Events events) {
        this.sharedFile = sharedFile;
        this.pump = pump;
        this.carriers = carriers;
        this.events = events;
        alarms = new ActiveAlarms(events);
        errors = new ErrorWatch(events);
        drift = new DriftWatch(events);
        audit = new Audit(events, alarms, drift, auditPeriod, nextSessionCheckNs);
        routers = new VirtualRouters(epoll, HOST_TOKEN, events, nextSessionCheckNs);
        ports = new PortWatch(pump, events, routers, hosts, nextSessionCheckNs);
        tunnels = new TunnelWatch(pump, routers, events, nextSessionCheckNs);
        resynchronisation = new Resynchronisation(routers, ports, captures, alarms, events);
        epoll.add(mailbox.descriptor(), WAKE_TOKEN);
        epoll.add(hosts.descriptor(), HOST_TOKEN);
    }

    /** Runs something on the agent's thread and waits for it; what it throws is thrown here. */
    public <T> T call(Callable<T> action) {
        return mailbox.call(() -> {
            try {
                return action.call();
            } catch (DataplaneLostException e) {
                detach(String.valueOf(e.getMessage()));
                throw e;
            }
        });
    }

    /** As {@link #call}, without a result. */
    public void run(Runnable action) {
        call(() -> {
            action.run();
            return true;
        });
    }

    /** Ends {@link #run()}; the data plane goes on. */
    public void stop() {
        running = false;
        mailbox.wake();
    }

    @Override
    public void run() {
        while (running) {
            try {
                doWork(System.nanoTime());
            } catch (DataplaneLostException e) {
                detach(String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "The node agent met an error and goes on", e);
            }
        }
        release("control ends");
        routers.close();
        hosts.close();
        mailbox.close();
        epoll.close();
    }

    private void doWork(long nowNs) {
        checkSession(nowNs);
        boolean busy = mailbox.doWork() > 0;
        busy |= pollSession(nowNs) > 0;
        busy |= routers.catchUp(nowNs);
        tunnels.doWork(nowNs, isProgrammed() && session != null ? session.statistics() : null);
        audit.doWork(nowNs, routers.all(), session);
        routers.probeNeighbours(nowNs);
        if (session != null && programmingEnabled) {
            ports.doWork(nowNs, plan, session, this::resynchronise);
        }
        if (nowNs - nextHandOverNs >= 0) {
            nextHandOverNs = nowNs + HAND_OVER_NS;
            carriers.handOver();
        }
        epoll.await(busy ? 0 : isWaiting() ? WAITING_NS : IDLE_NS, token -> onReadable(token, nowNs));
    }

    /** Whether the data plane owes an answer. It cannot wake us. */
    private boolean isWaiting() {
        return session != null && session.answers().isAwaited();
    }

    private void onReadable(long token, long nowNs) {
        if (token == WAKE_TOKEN) {
            mailbox.clear();
        } else if (token == HOST_TOKEN) {
            ports.hear();
        } else {
            routers.onReadable(token, nowNs);
        }
    }

    // What the reconciler asks, on the agent's thread.

    /** The session, or null while there is no data plane, or nothing is programmed yet. */
    @Nullable
    public DataplaneSession programmedSession() {
        return programmingEnabled ? session : null;
    }

    /** What the data plane has room for, or by default while there is none. */
    public DataplaneLimits limits() {
        return session == null ? DataplaneLimits.DEFAULT : DataplaneLimits.of(session.memory());
    }

    /** The session even while nothing is programmed, or null while there is no data plane. */
    @Nullable
    public DataplaneSession session() {
        return session;
    }

    public boolean isProgrammingEnabled() {
        return programmingEnabled;
    }

    /** Whether there is a data plane, and it has everything. */
    public boolean isProgrammed() {
        return programmingEnabled && session != null && state == DataplaneStatus.State.RUNNING;
    }

    /** Changes each time a data plane is programmed with everything. */
    public long epoch() {
        return resynchronisation.epoch();
    }

    public NodePlan plan() {
        return plan;
    }

    /** What is replayed to a data plane that starts anew. */
    public void plan(NodePlan newPlan) {
        NodePlan before = plan;
        alarms.retain(Resynchronisation.TOPOLOGY, subject -> newPlan.isSameAs(subject, before));
        plan = newPlan;
        routers.farEnds(newPlan.farEnds(), System.nanoTime());
        tunnels.plan(newPlan);
    }

    /** The first configuration stands in Linux: from now on the data plane is programmed. */
    public void enableProgramming(NodePlan newPlan) {
        plan = newPlan;
        programmingEnabled = true;
        if (session != null) {
            resynchronise(session);
        }
    }

    public VirtualRouters routers() {
        return routers;
    }

    public PortWatch ports() {
        return ports;
    }

    /** What a router that is followed from now on is to program. */
    public ForwardingPlane tables() {
        return programmingEnabled && session != null ? session : AbsentForwardingPlane.INSTANCE;
    }

    /** What compares all virtual routers and repairs them. */
    public Audit audit() {
        return audit;
    }

    /** What the data plane refuses at each attempt, and where Linux is not as configured. */
    public List<AlarmStatus> refusals() {
        List<AlarmStatus> all = new ArrayList<>(alarms.all());
        all.addAll(drift.alarms());
        return all;
    }

    public DriftWatch drift() {
        return drift;
    }

    public DataplaneStatus.State state() {
        return state;
    }

    /** Why there is no data plane, or empty. */
    public String absence() {
        return absence;
    }

    // The data plane comes and goes.

    private void checkSession(long nowNs) {
        if (nowNs - nextSessionCheckNs < 0) {
            return;
        }
        nextSessionCheckNs = nowNs + SESSION_CHECK_NS;
        if (session != null && !session.isAlive()) {
            detach("the data plane has ended");
        }
        if (session == null) {
            attach();
        } else {
            reportSilence(session, nowNs);
            errors.poll(session.memory());
        }
    }

    /** It lives but does not work; whether to end it is the supervisor's to decide. */
    private void reportSilence(DataplaneSession current, long nowNs) {
        long silentNs = nowNs - current.memory().heartbeats().conductorNs();
        if (silentNs > SILENCE_NS && reported.add("silence")) {
            events.error(
                    "dataplane.silent",
                    "dataplane",
                    "no heartbeat of its conductor for " + silentNs / 1_000_000_000L + " s");
        } else if (silentNs < SILENCE_NS) {
            reported.remove("silence");
        }
    }

    private void attach() {
        try {
            DataplaneSession found = DataplaneSession.attach(sharedFile, new DataplaneAnswers(this));
            session = found;
            state = DataplaneStatus.State.SYNCHRONISING;
            absence = "";
            reported.clear();
            if (found.isUnprogrammed()) {
                pump.holdAll();
            }
            pump.attach(found.memory());
            events.info(
                    "dataplane.attached",
                    "dataplane",
                    "attached to the data plane of process " + found.memory().dataplanePid());
            if (programmingEnabled) {
                resynchronise(found);
            }
        } catch (SharedMemoryException e) {
            absent(String.valueOf(e.getMessage()), isUnusable(e));
        } catch (DataplaneLostException e) {
            if (session != null) {
                detach(String.valueOf(e.getMessage()));
            }
            absent(String.valueOf(e.getMessage()), false);
        }
    }

    private static boolean isUnusable(SharedMemoryException e) {
        return switch (e.reason()) {
            case MISSING, NOT_READY, CLOSED -> false;
            case TRUNCATED, WRONG_MAGIC, WRONG_VERSION, CORRUPT, IO -> true;
        };
    }

    private void absent(String reason, boolean unusable) {
        absence = reason;
        if (unusable && reported.add(reason)) {
            events.error("dataplane.unusable", "dataplane", reason);
        }
    }

    private void detach(String reason) {
        if (session != null) {
            release(reason);
            events.warning("dataplane.lost", "dataplane", reason);
        }
    }

    private void release(String reason) {
        DataplaneSession lost = session;
        if (lost == null) {
            return;
        }
        session = null;
        state = DataplaneStatus.State.ABSENT;
        absence = reason;
        routers.program(AbsentForwardingPlane.INSTANCE);
        pump.detach();
        lost.close();
        audit.abandon(reason);
        alarms.clear();
        errors.clear();
        ports.onLost();
    }

    private void resynchronise(DataplaneSession target) {
        state = DataplaneStatus.State.SYNCHRONISING;
        resynchronisation.begin(target, plan, this::onResynchronised);
    }

    private void onResynchronised(boolean isComplete) {
        state = DataplaneStatus.State.RUNNING;
        if (!isComplete) {
            audit.suspectScheduling(); // stale entries may have been in the way, and are swept now
        }
    }

    private int pollSession(long nowNs) {
        return session == null ? 0 : session.poll(nowNs);
    }

    // What the data plane reports unasked.

    @Override
    public void onPort(int portId, DataplaneAnswers.PortInfo info) {
        ports.onState(portId, info, plan);
    }

    @Override
    public void onOpen(Set<Integer> interfaceIds) {
        pump.release(interfaceIds);
    }

    @Override
    public void onClosing(int interfaceId) {
        pump.hold(interfaceId);
    }

    @Override
    public void onRouteRefused(int routerId) {
        audit.suspect(routerId);
    }

    @Override
    public void onRefused(String text) {
        if (reported.size() < 1_000 && reported.add(text)) {
            events.warning("command.refused", "dataplane", text);
        }
    }

    @Override
    public void onSwept(long sweptEpoch, int entries) {
        if (session != null && sweptEpoch == resynchronisation.epoch()) {
            session.programmedScheduling().swept();
        }
        if (entries > 0) {
            events.info("resync.swept", "dataplane", entries + " stale entries were removed");
        }
    }
}
