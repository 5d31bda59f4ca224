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
    /** What {@link ActiveAlarms} knows refusals of rates, quotas, classes and filters by. */
    public static final String SCHEDULING = "scheduling";

    private static final int MAX_TOLD = 1_000;

    private final Instant startedAt = Instant.now();
    private final Queue<VirtualRouter> remaining;
    private final Consumer<AuditRound> done;
    private final Map<String, Told> told = new LinkedHashMap<>();
    private final Refusals refusals = new Refusals();
    private final Map<String, Map<String, String>> refusedByScope = new HashMap<>();
    private final Set<String> leftOut = new HashSet<>();
    private boolean isSchedulingDue;
    private boolean isAwaiting;
    private @Nullable CompletableFuture<List<DataplaneAnswers.Refusal>> refused;
    private int routers;
    private long entries;

    private record Told(String scope, AuditReport.Difference difference) {}

    /** @param done told at the end */
    AuditRound(Queue<VirtualRouter> remaining, boolean scheduling, Consumer<AuditRound> done) {
        this.remaining = remaining;
        isSchedulingDue = scheduling;
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
        } else {
            refused = session.barrier(refusals);
        }
    }

    private void compare(long nowNs, VirtualRouter router, DataplaneSession session) {
        routers++;
        compareWithKernel(nowNs, router);
        router.sync().beginTracking();
        session.dumpRoutes(router.sync().routerId(), new RouteComparison(this, router, session));
    }

    private void compareWithKernel(long nowNs, VirtualRouter router) {
        int missed = router.resynchronise(nowNs);
        boolean inMotion = router.drain(nowNs) > 0;
        if (missed > 0 && !inMotion) {
            tell(router, "kernel", missed + " changes of the kernel's tables had not been noticed");
        }
    }

    /** Where the refusals of repairs go, by the keys that they were told by. */
    Refusals refusals() {
        return refusals;
    }

    /** Whether no more differences are kept. */
    boolean isFull() {
        return told.size() == MAX_TOLD;
    }

    /** A difference in a router's tables; returns its key. */
    String tell(VirtualRouter router, String subject, String text) {
        String name = router.sync().name();
        String key = name + " " + subject;
        tell(key, scope(router), new AuditReport.Difference(name, subject, text, null));
        return key;
    }

    /** A difference in the scheduling, with its subject for a key. */
    void tell(String owner, String subject, String text) {
        tell(subject, SCHEDULING, new AuditReport.Difference(owner, subject, text, null));
    }

    private void tell(String key, String scope, AuditReport.Difference difference) {
        if (!isFull()) {
            told.put(key, new Told(scope, difference));
        }
    }

    /** Something of the scheduling cannot be compared at present. */
    void leaveOut(String subject) {
        leftOut.add(subject);
    }

    /** All of the scheduling was compared, or left out. */
    void schedulingCompared() {
        refusedByScope.put(SCHEDULING, new HashMap<>());
    }

    /** The scheduling's part is over. */
    void schedulingDone(long compared) {
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
            told.computeIfPresent(refusal.key(), (key, each) -> refused(each, refusal.text()));
        }
        done.accept(this);
    }

    private Told refused(Told each, String reason) {
        AuditReport.Difference difference = each.difference();
        boolean isOfTables = !each.scope().equals(SCHEDULING); // where one speaks for all
        refusedByScope
                .computeIfAbsent(each.scope(), scope -> new HashMap<>())
                .putIfAbsent(
                        isOfTables ? each.scope() : difference.subject(),
                        isOfTables ? difference.subject() + ": " + reason : reason);
        return new Told(each.scope(), difference.refusedBecause(reason));
    }

    /** What is known now of refusals. */
    void settle(ActiveAlarms standing) {
        refusedByScope.forEach((scope, refused) -> standing.settle(scope, refused, leftOut::contains));
    }

    AuditReport report() {
        return new AuditReport(
                startedAt,
                routers,
                entries,
                told.values().stream().map(Told::difference).toList());
    }

    private static String scope(VirtualRouter router) {
        return "tables of " + router.sync().name();
    }
}
