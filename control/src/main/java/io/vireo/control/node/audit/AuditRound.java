package io.vireo.control.node.audit;

import io.vireo.control.node.events.ActiveAlarms;
import io.vireo.control.node.mirror.VirtualRouter;
import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.session.Refusals;
import io.vireo.control.view.AuditReport;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of some routers, and perhaps of the scheduling: hears from each what differed, and at last which
 * repairs the data plane refused. Part of {@link Audit}.
 */
public final class AuditRound {
    /** What {@link ActiveAlarms} knows alarms of rates, quotas, classes and filters by. */
    public static final String SCHEDULING = "scheduling";

    private static final int MAX_REPORTED = 1_000;

    private final Instant startedAt = Instant.now();
    private final Queue<VirtualRouter> remaining;
    private final DriftWatch drift;
    private final Consumer<AuditRound> done;
    private final Map<String, Reported> reported = new LinkedHashMap<>();
    private final Refusals refusals = new Refusals();
    private final Map<String, Map<String, String>> refusedByScope = new HashMap<>();
    private final Set<String> skipped = new HashSet<>();
    private boolean isSchedulingDue;
    private boolean areLabelsDue;
    private boolean isAwaiting;
    private @Nullable CompletableFuture<List<DataplaneAnswers.Refusal>> refused;
    private int routers;
    private long entries;

    private record Reported(String scope, AuditReport.Difference difference) {}

    /**
     * @param scheduling whether that, and the label tables, are compared too
     * @param done called at the end
     */
    AuditRound(Queue<VirtualRouter> remaining, boolean scheduling, DriftWatch drift, Consumer<AuditRound> done) {
        this.remaining = remaining;
        this.drift = drift;
        isSchedulingDue = scheduling;
        areLabelsDue = scheduling;
        this.done = done;
    }

    /** Goes on, unless the data plane owes an answer. */
    void doWork(long nowNs, DataplaneSession session) {
        if (refused != null && refused.isDone()) {
            finish(refused.join());
        }
        if (isAwaiting) {
            return;
        }
        isAwaiting = true;
        VirtualRouter router = remaining.poll();
        if (router != null) {
            compare(nowNs, router, session);
        } else if (isSchedulingDue && session.canDumpScheduling()) {
            isSchedulingDue = false;
            session.dumpScheduling(new SchedulingComparison(session, this));
        } else if (areLabelsDue && session.labels().isKnown()) {
            areLabelsDue = false;
            session.dumpLabels(new LabelComparison(session, this));
        } else {
            refused = session.barrier(refusals);
        }
    }

    private void compare(long nowNs, VirtualRouter router, DataplaneSession session) {
        routers++;
        drift.compare(router).forEach(found -> report(router, AuditReport.Side.LINUX, found.subject(), found.text()));
        compareWithKernel(nowNs, router);
        router.sync().beginTracking();
        session.dumpRoutes(router.sync().routerId(), new RouteComparison(this, router, session));
    }

    private void compareWithKernel(long nowNs, VirtualRouter router) {
        int missed = router.resynchronise(nowNs);
        boolean inMotion = router.drain(nowNs) > 0;
        if (missed > 0 && !inMotion) {
            report(
                    router,
                    AuditReport.Side.MIRROR,
                    "kernel",
                    missed + " changes of the kernel's tables had been missed");
        }
    }

    /** Where the refusals of repairs go, by the keys that they were sent with. */
    Refusals refusals() {
        return refusals;
    }

    /** Whether no more differences are kept. */
    boolean isFull() {
        return reported.size() == MAX_REPORTED;
    }

    /** A difference of the data plane in a router's tables; returns its key. */
    String report(VirtualRouter router, String subject, String text) {
        return report(router, AuditReport.Side.DATA_PLANE, subject, text);
    }

    private String report(VirtualRouter router, AuditReport.Side side, String subject, String text) {
        String name = router.sync().name();
        String key = name + " " + subject + (side == AuditReport.Side.DATA_PLANE ? "" : " " + text);
        report(key, scope(router), new AuditReport.Difference(name, side, subject, text, null));
        return key;
    }

    /** A difference in the scheduling, with its subject for a key. */
    void report(String owner, String subject, String text) {
        report(
                subject,
                SCHEDULING,
                new AuditReport.Difference(owner, AuditReport.Side.DATA_PLANE, subject, text, null));
    }

    private void report(String key, String scope, AuditReport.Difference difference) {
        if (!isFull()) {
            reported.put(key, new Reported(scope, difference));
        }
    }

    /** Something of the scheduling cannot be compared at present. */
    void skip(String subject) {
        skipped.add(subject);
    }

    /** All of the scheduling was compared, or skipped. */
    void schedulingCompared() {
        refusedByScope.put(SCHEDULING, new HashMap<>());
    }

    /** The scheduling's part is over. */
    void schedulingDone(long compared) {
        entries += compared;
        isAwaiting = false;
    }

    /** The part of the label tables is over. */
    void labelsDone(long compared) {
        entries += compared;
        isAwaiting = false;
    }

    /** So many of a router's routes or neighbours were compared. */
    void compared(long count) {
        entries += count;
    }

    /** All of a router's tables were compared. */
    void routerCompared(VirtualRouter router) {
        refusedByScope.put(scope(router), new HashMap<>());
    }

    /** A router's part is over. */
    void routerDone(VirtualRouter router) {
        router.sync().endTracking();
        isAwaiting = false;
    }

    private void finish(List<DataplaneAnswers.Refusal> repairsRefused) {
        for (DataplaneAnswers.Refusal refusal : repairsRefused) {
            reported.computeIfPresent(refusal.key(), (key, each) -> refused(each, refusal.text()));
        }
        done.accept(this);
    }

    private Reported refused(Reported each, String reason) {
        AuditReport.Difference difference = each.difference();
        boolean isOfTables = !each.scope().equals(SCHEDULING); // where one speaks for all
        refusedByScope
                .computeIfAbsent(each.scope(), scope -> new HashMap<>())
                .putIfAbsent(
                        isOfTables ? each.scope() : difference.subject(),
                        isOfTables ? difference.subject() + ": " + reason : reason);
        return new Reported(each.scope(), difference.refusedBecause(reason));
    }

    /** What is known now of refusals. */
    void updateAlarms(ActiveAlarms alarms) {
        refusedByScope.forEach((scope, refused) -> alarms.update(scope, refused, skipped::contains));
    }

    AuditReport report() {
        return new AuditReport(
                startedAt,
                routers,
                entries,
                reported.values().stream().map(Reported::difference).toList());
    }

    private static String scope(VirtualRouter router) {
        return "tables of " + router.sync().name();
    }
}
