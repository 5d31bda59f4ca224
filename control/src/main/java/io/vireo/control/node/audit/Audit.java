package io.vireo.control.node.audit;

import io.vireo.control.node.events.ActiveAlarms;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.mirror.VirtualRouter;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.view.AuditReport;
import io.vireo.control.view.AuditStatus;
import io.vireo.control.view.DataplaneAbsentException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Compares, router after router, the kernel with the configuration ({@link DriftWatch}), the kernel's tables with what was
 * learned of them, and that with the data plane's tables; then what the data plane schedules, and its label tables, with what it was
 * programmed with; repairs what differs and reports. What changed while it
 * was compared is skipped: it is on its way. What the data plane refuses is tried again each time, and is an alarm of {@link
 * ActiveAlarms}. It takes a bounded part of the time: see {@link #PAUSE_ROUNDS}. Only the node agent's thread uses it.
 */
public final class Audit {
    /**
     * An audit that nobody asked for begins not before so many times what the last one took: of a full Internet table one takes seconds
     * of a core, and an idle node is to be idle.
     */
    static final int PAUSE_ROUNDS = 20;

    // While much is refused, the routers concerned are compared no more often.
    private static final long SUSPECTS_PAUSE_NS = 10_000_000_000L;

    private final Events events;
    private final ActiveAlarms alarms;
    private final DriftWatch drift;
    private final long periodNs;
    private final List<CompletableFuture<AuditReport>> waiting = new ArrayList<>();
    private final Set<Integer> suspects = new HashSet<>();
    private boolean isSchedulingSuspect;
    private long nextNs;
    private long beganNs;
    private long tookNs;
    private long nextSuspectsNs;
    private List<CompletableFuture<AuditReport>> requests = List.of();
    private @Nullable AuditRound round;

    /** First compares one period from {@code nowNs}. */
    public Audit(Events events, ActiveAlarms alarms, DriftWatch drift, Duration period, long nowNs) {
        this.events = events;
        this.alarms = alarms;
        this.drift = drift;
        periodNs = period.toNanos();
        nextNs = nowNs + periodNs;
        nextSuspectsNs = nowNs;
    }

    /** Asks for a comparison of everything that begins after this call. */
    public CompletableFuture<AuditReport> request() {
        CompletableFuture<AuditReport> result = new CompletableFuture<>();
        waiting.add(result);
        return result;
    }

    /** The data plane refused a route of this router, which is therefore compared soon. */
    public void suspect(int routerId) {
        suspects.add(routerId);
    }

    /** The data plane refused something about rates, quotas, classes or filters, which are therefore compared soon. */
    public void suspectScheduling() {
        isSchedulingSuspect = true;
    }

    /** There is no data plane any more to compare with. */
    public void abandon(String reason) {
        DataplaneAbsentException absent = new DataplaneAbsentException(reason);
        requests.forEach(request -> request.completeExceptionally(absent));
        requests = List.of();
        round = null;
        failWaiting(absent);
        suspects.clear();
        isSchedulingSuspect = false;
    }

    /** Begins a round when one is due, and goes on with it. */
    public void doWork(long nowNs, Collection<VirtualRouter> routers, @Nullable DataplaneSession session) {
        if (session == null) {
            failWaiting(new DataplaneAbsentException("there is no data plane to compare with"));
            return;
        }
        if (round == null) {
            round = begin(nowNs, routers, session);
        }
        if (round != null) {
            round.doWork(nowNs, session);
            if (round == null) {
                pause(nowNs);
            }
        }
    }

    private void pause(long nowNs) {
        tookNs = nowNs - beganNs;
        long earliestNs = nowNs + PAUSE_ROUNDS * tookNs;
        nextNs = Math.max(nextNs, earliestNs);
        nextSuspectsNs = Math.max(nextSuspectsNs, earliestNs);
    }

    /** How long the last one took, and when the next begins unless somebody asks before. */
    public AuditStatus status(long nowNs) {
        return new AuditStatus(
                TimeUnit.NANOSECONDS.toMillis(tookNs), TimeUnit.NANOSECONDS.toSeconds(Math.max(0, nextNs - nowNs)));
    }

    private void failWaiting(DataplaneAbsentException absent) {
        waiting.forEach(request -> request.completeExceptionally(absent));
        waiting.clear();
    }

    private @Nullable AuditRound begin(long nowNs, Collection<VirtualRouter> routers, DataplaneSession session) {
        boolean whole = !waiting.isEmpty() || nowNs - nextNs >= 0;
        boolean scheduling = (whole || isSchedulingSuspect) && session.canDumpScheduling();
        boolean suspicion = scheduling || !suspects.isEmpty();
        if (!whole && (!suspicion || nowNs - nextSuspectsNs < 0)) {
            return null;
        }
        beganNs = nowNs;
        nextSuspectsNs = nowNs + SUSPECTS_PAUSE_NS;
        Queue<VirtualRouter> compared = new ArrayDeque<>();
        for (VirtualRouter router : routers) {
            if (whole || suspects.contains(router.sync().routerId())) {
                compared.add(router);
            }
        }
        if (whole) {
            nextNs = nowNs + periodNs;
        }
        suspects.clear();
        isSchedulingSuspect &= !scheduling;
        requests = List.copyOf(waiting);
        waiting.clear();
        return new AuditRound(compared, scheduling, drift, this::finish);
    }

    private void finish(AuditRound finished) {
        round = null;
        AuditReport report = finished.report();
        reportRepaired(report.differences().stream()
                .filter(difference -> difference.side() != AuditReport.Side.LINUX && difference.refusal() == null)
                .toList());
        finished.updateAlarms(alarms);
        requests.forEach(request -> request.complete(report));
        requests = List.of();
    }

    private void reportRepaired(List<AuditReport.Difference> repaired) {
        if (!repaired.isEmpty()) {
            AuditReport.Difference first = repaired.getFirst();
            events.warning(
                    "audit.difference",
                    first.router(),
                    repaired.size()
                            + " differences of the data plane from what it shall be were repaired, first "
                            + first.subject() + ": " + first.text(),
                    Map.of("differences", Integer.toString(repaired.size())));
        }
    }
}
