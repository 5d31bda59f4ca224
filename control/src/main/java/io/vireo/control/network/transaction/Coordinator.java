package io.vireo.control.network.transaction;

import static io.vireo.control.network.transaction.NodeProgress.Step.COMMITTED;
import static io.vireo.control.network.transaction.NodeProgress.Step.PENDING;
import static io.vireo.control.network.transaction.NodeProgress.Step.REFUSED;
import static io.vireo.control.network.transaction.NodeProgress.Step.RELEASED;
import static io.vireo.control.network.transaction.NodeProgress.Step.RESERVED;

import io.vireo.control.network.node.NodeApi;
import io.vireo.control.network.node.NodeAwayException;
import io.vireo.control.network.node.NodeConnector;
import io.vireo.control.network.node.NodeRefusedException;
import io.vireo.control.network.node.NodeReservation;
import io.vireo.control.network.node.NotHeldException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Brings documents onto nodes: onto all, or onto none. Any thread may call; calls wait for each other. */
public final class Coordinator {
    private final Leadership leadership;
    private final DecisionLog log;
    private final NodeConnector nodes;
    private final Duration lease;
    private final LongSupplier nanoClock;
    private final OnAll onAll;

    /** How many set-ups this leader began. */
    private long begun;

    /** Why nodes do not have their parts, as it was reported last. */
    private final Map<String, String> reported = new HashMap<>();

    /**
     * A coordinator; {@link #catchUp} ends what others left undone.
     *
     * @param lease     of reservations: at least twice as long as a node may take to answer.
     * @param executor  runs calls of nodes, as many at a time as there are nodes.
     * @param nanoClock time in ns that only its differences have a meaning of, as {@link System#nanoTime()}.
     */
    public Coordinator(
            Leadership leadership,
            DecisionLog log,
            NodeConnector nodes,
            Duration lease,
            Executor executor,
            LongSupplier nanoClock) {
        this.leadership = leadership;
        this.log = log;
        this.nodes = nodes;
        this.lease = lease;
        this.nanoClock = nanoClock;
        onAll = new OnAll(executor);
    }

    /**
     * Brings documents onto nodes. When it returns it is decided, and a node that does not have its part yet gets it by
     * {@link #catchUp}. When it fails otherwise than by a refusal nobody knows: {@link #isDecided} says it once the log can be read.
     *
     * @param listener takes what happens meanwhile, from one thread at a time.
     * @throws SetUpRefusedException   when nodes refused or did not answer: nothing was changed.
     * @throws LeadershipLostException when another controller is leader: nothing was changed.
     */
    public synchronized void bring(SetUp setUp, Consumer<NodeProgress> listener)
            throws SetUpRefusedException, LeadershipLostException {
        long token = leadership.token();
        String id = "v" + setUp.version() + "-" + token + "-" + ++begun;
        Listener progress = new Listener(listener);
        List<Part> wanted = partsOf(setUp, id);
        List<Part> first = wanted.stream().filter(part -> part.phase() == 0).toList();
        long startNs = nanoClock.getAsLong();
        List<Vote> votes = onAll.run(first, part -> reserve(part, token, progress));
        Map<String, String> reasons = new HashMap<>();
        votes.stream()
                .filter(vote -> vote.refusal() != null)
                .forEach(vote -> reasons.put(vote.part().node(), String.valueOf(vote.refusal())));
        long tookNs = nanoClock.getAsLong() - startNs;
        if (reasons.isEmpty() && tookNs > lease.toNanos() / 2) {
            reasons.put(
                    "all",
                    "to reserve took " + TimeUnit.NANOSECONDS.toMillis(tookNs) + " ms, more than half of the lease");
        }
        if (!reasons.isEmpty()) {
            release(votes, token, progress);
            throw new SetUpRefusedException(reasons);
        }
        List<Part> decided = new ArrayList<>(votes.stream().map(Vote::part).toList());
        wanted.stream().filter(part -> part.phase() > 0).forEach(decided::add);
        try {
            log.decide(token, setUp.version(), decided);
        } catch (LeadershipLostException e) {
            release(votes, token, progress);
            throw e;
        }
        commitPhases(decided, token, progress);
    }

    /**
     * Brings what was decided onto the nodes that do not have it yet. To be called at the start, and in rounds. Reports of a node that
     * still does not have it when the reason is another than before.
     *
     * @return how many parts are still pending.
     * @throws LeadershipLostException when another controller is leader: it is its duty.
     */
    public synchronized int catchUp(Consumer<NodeProgress> listener) throws LeadershipLostException {
        commitPhases(log.pending(), leadership.token(), new Listener(listener));
        return log.pending().size();
    }

    /** Whether a version was decided: nodes have it or get it. */
    public boolean isDecided(long version) {
        return log.isDecided(version);
    }

    private static List<Part> partsOf(SetUp setUp, String id) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < setUp.phases().size(); i++) {
            int phase = i;
            setUp.phases().get(i).forEach((node, document) -> {
                String api = setUp.apis().get(node);
                if (api == null) {
                    throw new IllegalArgumentException("node " + node + " has no address");
                }
                parts.add(new Part(node, phase, phase == 0 ? id : id + "-" + phase, api, document, null));
            });
        }
        return parts;
    }

    /** What a node answered. One that was away may hold its part for all that. */
    private record Vote(
            Part part, boolean mayHold, @Nullable String refusal) {}

    private Vote reserve(Part part, long token, Listener progress) {
        try {
            long base = nodes.at(part.api()).reserve(reservationOf(part, token));
            progress.report(part, RESERVED, "");
            return new Vote(part.basedOn(base), true, null);
        } catch (NodeRefusedException | NodeAwayException | IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage());
            progress.report(part, REFUSED, reason);
            return new Vote(part, e instanceof NodeAwayException, reason);
        }
    }

    private void release(List<Vote> votes, long token, Listener progress) {
        onAll.run(
                votes.stream().filter(Vote::mayHold).map(Vote::part).toList(), part -> release(part, token, progress));
    }

    /** As far as it can be: what is not released ends by its lease. Returns whether it was. */
    private boolean release(Part part, long token, Listener progress) {
        try {
            nodes.at(part.api()).release(part.reservation(), token);
            progress.report(part, RELEASED, "");
            return true;
        } catch (NodeRefusedException | NodeAwayException e) {
            return false;
        }
    }

    /** Phase by phase: what may not be before something else waits until all nodes have that. */
    private void commitPhases(List<Part> parts, long token, Listener progress) {
        List<Part> left = parts;
        boolean all = true;
        while (all && !left.isEmpty()) {
            int phase = left.stream().mapToInt(Part::phase).min().orElseThrow();
            List<Part> now = left.stream().filter(part -> part.phase() == phase).toList();
            all = !onAll.run(now, part -> commit(part, token, progress)).contains(false);
            left = left.stream().filter(part -> part.phase() > phase).toList();
        }
    }

    /** Whether the node has the part. */
    private boolean commit(Part part, long token, Listener progress) {
        try {
            NodeApi node = nodes.at(part.api());
            long version;
            try {
                version = node.commit(part.reservation(), token);
            } catch (NotHeldException e) {
                node.reserve(reservationOf(part, token));
                version = node.commit(part.reservation(), token);
            }
            log.complete(part);
            progress.report(part, COMMITTED, "version " + version);
            return true;
        } catch (NodeRefusedException | NodeAwayException | NotHeldException | IllegalArgumentException e) {
            progress.reportPending(part, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private NodeReservation reservationOf(Part part, long token) {
        return new NodeReservation(part.reservation(), part.document(), lease, part.baseVersion(), token);
    }

    /** Takes what happens at many nodes at the same time. */
    private final class Listener {
        private final Consumer<NodeProgress> listener;

        Listener(Consumer<NodeProgress> listener) {
            this.listener = listener;
        }

        synchronized void report(Part part, NodeProgress.Step step, String text) {
            if (step == COMMITTED) {
                reported.remove(part.node());
            }
            listener.accept(new NodeProgress(part.node(), step, text));
        }

        synchronized void reportPending(Part part, String reason) {
            if (!reason.equals(reported.put(part.node(), reason))) {
                report(part, PENDING, reason);
            }
        }
    }
}
