package io.vireo.control.node;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.view.AuditReport;
import io.vireo.control.view.DataplaneAbsentException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Compares, router after router, the kernel's tables with what was learned of them, and that with the data plane's
 * tables; then what the data plane schedules with what it was told; repairs what differs and tells. What changed while it was compared is left out: it is on its way. Only the node
 * agent's thread uses it.
 */
final class Audit {
    private static final int MAX_TOLD = 1_000;

    // A repair that is refused again makes the router suspect again.
    private static final long SUSPECTS_PAUSE_NS = 10_000_000_000L;

    private final Events events;
    private final long periodNs;
    private final List<CompletableFuture<AuditReport>> waiting = new ArrayList<>();
    private final Set<Integer> suspects = new HashSet<>();
    private boolean isSchedulingSuspect;
    private long nextNs;
    private long nextSuspectsNs;
    private @Nullable Round round;

    /** First compares one period from {@code nowNs}. */
    Audit(Events events, Duration period, long nowNs) {
        this.events = events;
        periodNs = period.toNanos();
        nextNs = nowNs + periodNs;
        nextSuspectsNs = nowNs;
    }

    /** Asks for a comparison of everything that begins after this call. */
    CompletableFuture<AuditReport> request() {
        CompletableFuture<AuditReport> result = new CompletableFuture<>();
        waiting.add(result);
        return result;
    }

    /** The data plane refused a route of this router, which is therefore compared soon. */
    void suspect(int routerId) {
        suspects.add(routerId);
    }

    /** The data plane refused something about rates, quotas, classes or filters, which are therefore compared soon. */
    void suspectScheduling() {
        isSchedulingSuspect = true;
    }

    /** There is no data plane any more to compare with. */
    void abandon(String reason) {
        DataplaneAbsentException absent = new DataplaneAbsentException(reason);
        if (round != null) {
            round.requests.forEach(request -> request.completeExceptionally(absent));
            round = null;
        }
        failWaiting(absent);
        suspects.clear();
        isSchedulingSuspect = false;
    }

    /** Begins a round when one is due, and goes on with it. */
    void doWork(long nowNs, Collection<VirtualRouter> routers, @Nullable DataplaneSession session) {
        if (session == null) {
            failWaiting(new DataplaneAbsentException("there is no data plane to compare with"));
            return;
        }
        Round current = round;
        if (current == null) {
            current = begin(nowNs, routers, session);
        }
        if (current != null && current.isBetweenDumps) {
            current.next(nowNs, session);
        }
    }

    private void failWaiting(DataplaneAbsentException absent) {
        waiting.forEach(request -> request.completeExceptionally(absent));
        waiting.clear();
    }

    private @Nullable Round begin(long nowNs, Collection<VirtualRouter> routers, DataplaneSession session) {
        boolean whole = !waiting.isEmpty() || nowNs - nextNs >= 0;
        boolean scheduling = (whole || isSchedulingSuspect) && session.canDumpScheduling();
        boolean suspicion = scheduling || !suspects.isEmpty();
        if (!whole && (!suspicion || nowNs - nextSuspectsNs < 0)) {
            return null;
        }
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
        round = new Round(compared, scheduling, List.copyOf(waiting));
        waiting.clear();
        return round;
    }

    private void finish(Round finished) {
        round = null;
        AuditReport report = new AuditReport(
                finished.startedAt, finished.routers, finished.entries, List.copyOf(finished.differences));
        if (!report.differences().isEmpty()) {
            AuditReport.Difference first = report.differences().getFirst();
            events.warning(
                    "audit.difference",
                    first.router(),
                    report.differences().size()
                            + " differences of the data plane from what it shall be were repaired, first "
                            + first.subject() + ": " + first.text(),
                    Map.of("differences", Integer.toString(report.differences().size())));
        }
        finished.requests.forEach(request -> request.complete(report));
    }

    /** One comparison of some routers, and perhaps of the scheduling. */
    private final class Round implements SchedulingComparison.Report {
        private final Instant startedAt = Instant.now();
        private final Queue<VirtualRouter> remaining;
        private final List<CompletableFuture<AuditReport>> requests;
        private final List<AuditReport.Difference> differences = new ArrayList<>();
        private boolean isSchedulingDue;
        private boolean isBetweenDumps = true;
        private int routers;
        private long entries;

        private Round(
                Queue<VirtualRouter> remaining, boolean scheduling, List<CompletableFuture<AuditReport>> requests) {
            this.remaining = remaining;
            isSchedulingDue = scheduling;
            this.requests = requests;
        }

        private void next(long nowNs, DataplaneSession session) {
            VirtualRouter router = remaining.poll();
            if (router != null) {
                compare(nowNs, router, session);
            } else if (isSchedulingDue && session.canDumpScheduling()) {
                isSchedulingDue = false;
                isBetweenDumps = false;
                session.dumpScheduling(new SchedulingComparison(session, this));
            } else {
                finish(this);
            }
        }

        private void compare(long nowNs, VirtualRouter router, DataplaneSession session) {
            isBetweenDumps = false;
            routers++;
            compareWithKernel(nowNs, router);
            router.sync().beginTracking();
            session.dumpRoutes(router.sync().routerId(), new RouteComparison(this, router, session));
        }

        private void compareWithKernel(long nowNs, VirtualRouter router) {
            int missed = router.resynchronise(nowNs);
            boolean inMotion = router.drain(nowNs) > 0;
            if (missed > 0 && !inMotion) {
                tell(router.sync().name(), "kernel", missed + " changes of the kernel's tables had not been noticed");
            }
        }

        @Override
        public void tell(String owner, String subject, String text) {
            if (differences.size() < MAX_TOLD) {
                differences.add(new AuditReport.Difference(owner, subject, text));
            }
        }

        @Override
        public void schedulingDone(long compared) {
            entries += compared;
            isBetweenDumps = true;
        }

        private void routerDone(VirtualRouter router) {
            router.sync().endTracking();
            isBetweenDumps = true;
        }
    }

    /** Takes the data plane's routes of one router. */
    private static final class RouteComparison implements DataplaneAnswers.Dump {
        private final Round round;
        private final VirtualRouter router;
        private final DataplaneSession session;
        private final Set<IpPrefix> seen = new HashSet<>();
        private final Map<IpPrefix, ForwardingRoute> differing = new HashMap<>();

        private RouteComparison(Round round, VirtualRouter router, DataplaneSession session) {
            this.round = round;
            this.router = router;
            this.session = session;
        }

        @Override
        public void onRoute(IpPrefix prefix, ForwardingRoute route) {
            seen.add(prefix);
            if (!route.equals(router.sync().expected(prefix))) {
                differing.put(prefix, route);
            }
        }

        @Override
        public void onEnd(long entries) {
            round.entries += entries;
            if (entries == seen.size()) { // otherwise events were lost, and the next round sees better
                differing.forEach((prefix, found) -> repair(prefix, found));
                router.sync().routes().forEach((prefix, candidates) -> {
                    if (!seen.contains(prefix) && router.sync().expected(prefix) != null) {
                        repair(prefix, null);
                    }
                });
            }
            session.dumpNeighbours(router.sync().routerId(), new NeighbourComparison(round, router, session));
        }

        @Override
        public void onFailure(String reason) {
            round.routerDone(router);
        }

        private void repair(IpPrefix prefix, @Nullable ForwardingRoute found) {
            ForwardingRoute expected = router.sync().expected(prefix);
            if (router.sync().isTouched(prefix) || Objects.equals(found, expected)) {
                return;
            }
            round.tell(
                    router.sync().name(),
                    "route " + prefix,
                    "the data plane had " + text(found) + ", Linux says " + text(expected));
            router.sync().programRoute(prefix, expected);
        }

        private static String text(@Nullable Object route) {
            return route == null ? "none" : route.toString();
        }
    }

    /** Takes the data plane's neighbours of one router. */
    private static final class NeighbourComparison implements DataplaneAnswers.Dump {
        private final Round round;
        private final VirtualRouter router;
        private final DataplaneSession session;
        private final Map<Neighbour, Long> found = new HashMap<>();

        private record Neighbour(int interfaceId, IpAddress address) {}

        private NeighbourComparison(Round round, VirtualRouter router, DataplaneSession session) {
            this.round = round;
            this.router = router;
            this.session = session;
        }

        @Override
        public void onNeighbour(int interfaceId, IpAddress address, long macBits) {
            found.put(new Neighbour(interfaceId, address), macBits);
        }

        @Override
        public void onEnd(long entries) {
            round.entries += entries;
            if (entries == found.size()) {
                compare();
            }
            round.routerDone(router);
        }

        @Override
        public void onFailure(String reason) {
            round.routerDone(router);
        }

        private void compare() {
            Map<Neighbour, Long> expected = new HashMap<>();
            router.sync().neighbours().forEach((key, macBits) -> {
                int interfaceId = router.sync().interfaceId(key.ifindex());
                if (interfaceId >= 0) {
                    expected.put(new Neighbour(interfaceId, key.address()), macBits);
                }
            });
            expected.forEach((neighbour, macBits) -> {
                if (!macBits.equals(found.get(neighbour)) && !isTouched(neighbour)) {
                    round.tell(
                            router.sync().name(),
                            "neighbour " + neighbour.address(),
                            "the data plane did not have it so");
                    session.addNeighbour(neighbour.interfaceId(), neighbour.address(), macBits);
                }
            });
            found.keySet().removeAll(expected.keySet());
            found.keySet().removeIf(this::isTouched);
            found.keySet().forEach(neighbour -> {
                round.tell(
                        router.sync().name(),
                        "neighbour " + neighbour.address(),
                        "the data plane had it, Linux does not");
                session.removeNeighbour(neighbour.interfaceId(), neighbour.address());
            });
        }

        private boolean isTouched(Neighbour neighbour) {
            return router.sync().isTouched(neighbour.interfaceId(), neighbour.address());
        }
    }
}
