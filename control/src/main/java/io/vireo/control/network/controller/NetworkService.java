package io.vireo.control.network.controller;

import io.vireo.control.desired.ChangeRequest;
import io.vireo.control.desired.NodeClock;
import io.vireo.control.desired.Trials;
import io.vireo.control.desired.VersionConflictException;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.Change;
import io.vireo.control.model.document.ConfigurationDiff;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.store.Confirmation;
import io.vireo.control.store.Draft;
import io.vireo.control.store.StateStore;
import io.vireo.control.store.Version;
import io.vireo.control.view.NotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The versions of the network and the rules by which they change. Any thread may call; changes wait for each other. */
public final class NetworkService {
    private static final System.Logger LOGGER = System.getLogger(NetworkService.class.getName());
    private static final String SELF = "vireo";

    private final StateStore store;
    private final PartPlanner planner;
    private final NetworkHistory history;
    private final Mesh mesh;
    private final NodeClock clock;
    private final Trials trials;
    private final NetworkEvents events;

    private final PlanRetry retry = new PlanRetry();

    /** Substrate links that nothing is planned over. */
    private volatile Set<String> downLinks = Set.of(); // written while changes wait

    /** Keeps its versions in the store. */
    public NetworkService(StateStore store, PartPlanner planner, Mesh mesh, NodeClock clock, NetworkEvents events) {
        this.store = store;
        this.planner = planner;
        history = new NetworkHistory(store, planner);
        this.mesh = mesh;
        this.clock = clock;
        this.events = events;
        trials = new Trials(store, clock);
    }

    /** A version that a controller before committed and did not live to acknowledge: it was decided, or it never was. */
    public synchronized void start() {
        Version newest = store.current();
        if (mesh.recover(newest.number())) {
            store.markApplied(newest.number());
        } else if (!newest.applied()) {
            LOGGER.log(System.Logger.Level.WARNING, "version {0} was never decided and is withdrawn", newest.number());
            store.withdraw(newest.number(), trials.before(newest));
        }
        revertIfOverdue();
    }

    /** Its versions. */
    public NetworkHistory history() {
        return history;
    }

    /** By when the current version has to be confirmed, when it is on trial. */
    public Optional<Instant> confirmBy() {
        return store.confirmation().map(trials::confirmBy);
    }

    /**
     * What a document would do. Changes nothing, asks no node.
     *
     * @throws InvalidConfigurationException with all that is wrong with it, or does not fit.
     */
    public WhatIf plan(String document) throws InvalidConfigurationException {
        StoredNetwork before = StoredNetwork.of(store.current());
        PlannedNetwork planned = planned(document, before);
        Map<String, List<Change>> nodes = new TreeMap<>();
        for (Map.Entry<String, String> part :
                planned.partsOtherThan(before.plan()).entrySet()) {
            String old = before.plan().parts().getOrDefault(part.getKey(), PlannedNetwork.NO_PART);
            nodes.put(
                    part.getKey(),
                    ConfigurationDiff.between(
                            ConfigurationReader.read(old), ConfigurationReader.read(part.getValue())));
        }
        return new WhatIf(history.changes(before.document(), document), nodes, planned);
    }

    /**
     * Plans a document and brings it onto the nodes.
     *
     * @throws InvalidConfigurationException with all that is wrong with it, what does not fit, or why nodes refused.
     * @throws VersionConflictException when it was made from another version than the current one.
     */
    public NetworkOutcome apply(String document, ChangeRequest request)
            throws InvalidConfigurationException, VersionConflictException {
        return apply(document, request, null);
    }

    private synchronized NetworkOutcome apply(String document, ChangeRequest request, @Nullable StoredNetwork known)
            throws InvalidConfigurationException, VersionConflictException {
        long startedNs = System.nanoTime();
        revertIfOverdue();
        Version before = store.current();
        if (request.baseVersion() != null && request.baseVersion() != before.number()) {
            throw new VersionConflictException(
                    "version " + before.number() + " is current; this was made from version " + request.baseVersion());
        }
        trials.check(request);
        StoredNetwork old = StoredNetwork.of(before);
        StoredNetwork wanted = known == null ? new StoredNetwork(document, planned(document, old)) : known;
        List<Change> changes = history.changes(old.document(), document);
        List<NodeStep> steps = new ArrayList<>();
        if (changes.isEmpty() && old.plan().parts().equals(wanted.plan().parts())) {
            return applyAgain(before.number(), wanted, request, startedNs);
        }
        Optional<Confirmation> pending = store.confirmation();
        Duration time = request.confirmWithin();
        Draft draft = new Draft(wanted.toText(), request.author(), request.comment(), now());
        Version version = time == null ? store.commit(draft) : store.commitConfirmed(draft, trials.deadlineAfter(time));
        bring(version.number(), old.plan(), wanted.plan(), steps, pending);
        long tookMs = millisSince(startedNs);
        events.applied(
                version.number(),
                request.author() + " applied version " + version.number() + " to " + nodesOf(steps) + " nodes in "
                        + tookMs + " ms" + (time == null ? "" : ", on trial for " + time.toSeconds() + " s"));
        @Nullable
        Long confirmed = time == null ? pending.map(Confirmation::version).orElse(null) : null;
        if (confirmed != null) {
            events.confirmed(confirmed, request.author());
        }
        return new NetworkOutcome(
                version.number(),
                changes,
                steps,
                tookMs,
                time == null ? null : draft.time().plus(time),
                confirmed);
    }

    /** Brings what is in force, all of it: what was changed by hand is as it was. Of a trial, restarts the clock or confirms. */
    private NetworkOutcome applyAgain(long current, StoredNetwork wanted, ChangeRequest request, long startedNs)
            throws InvalidConfigurationException {
        List<NodeStep> steps = new ArrayList<>();
        try {
            mesh.bring(current, wanted.plan().apis(), wanted.plan().parts(), step -> step(step, steps));
        } catch (PartsRefusedException e) {
            throw new InvalidConfigurationException(e.problems());
        }
        Duration time = request.confirmWithin();
        @Nullable Long confirmed = null;
        @Nullable Instant confirmBy = null;
        if (store.confirmation().isPresent() && time == null) {
            confirm(request.author());
            confirmed = current;
        } else if (store.confirmation().isPresent() && time != null) {
            store.prolong(trials.deadlineAfter(time));
            confirmBy = now().plus(time);
        }
        return new NetworkOutcome(current, List.of(), steps, millisSince(startedNs), confirmBy, confirmed);
    }

    /**
     * Brings an earlier version onto the nodes again, as a new version.
     *
     * @throws InvalidConfigurationException when it does not fit any more, or nodes refuse it.
     * @throws NotFoundException when there is no such version.
     * @throws VersionConflictException as for {@link #apply}.
     */
    public NetworkOutcome rollback(long number, ChangeRequest request)
            throws InvalidConfigurationException, VersionConflictException {
        String comment = request.comment().isEmpty() ? "rollback to version " + number : request.comment();
        StoredNetwork earlier = StoredNetwork.of(history.version(number));
        return apply(
                earlier.document(),
                new ChangeRequest(
                        request.author(), comment, request.baseVersion(), request.confirmWithin(), request.trial()),
                earlier.document().isEmpty() ? StoredNetwork.NONE : null);
    }

    /** Confirms the version that awaits it. Returns whether there was one. */
    public synchronized boolean confirm(String author) {
        Optional<Confirmation> pending = store.confirmation();
        if (pending.isEmpty() || revertIfOverdue()) {
            return false;
        }
        store.confirm();
        events.confirmed(pending.get().version(), author);
        return true;
    }

    /** Reverts an unconfirmed version whose deadline has passed. To be called often. Returns whether there was one. */
    public synchronized boolean revertIfOverdue() {
        Optional<Confirmation> overdue = store.confirmation().filter(trials::isOverdue);
        if (overdue.isEmpty()) {
            return false;
        }
        String text = trials.reason(overdue.get());
        StoredNetwork current = StoredNetwork.of(store.current());
        StoredNetwork target = StoredNetwork.of(history.version(overdue.get().revertTo()));
        Version reverted = store.commit(new Draft(target.toText(), SELF, text, now()));
        try {
            bring(reverted.number(), current.plan(), target.plan(), new ArrayList<>(), overdue);
            events.reverted(overdue.get().version(), text);
            return true;
        } catch (InvalidConfigurationException e) {
            return false; // withdrawn, so tried again
        }
    }

    /**
     * Plans again what is in force, around substrate links that are down. What cannot be planned stays as it is.
     *
     * @param down all of them.
     * @param reason for the history.
     */
    public synchronized void planAround(Set<String> down, String reason) {
        Version current = store.current();
        if (down.equals(downLinks) || !retry.isDue(down, current.number(), clock.uptimeMs())) {
            return;
        }
        Set<String> before = downLinks;
        downLinks = Set.copyOf(down);
        StoredNetwork old = StoredNetwork.of(current);
        if (old.document().isEmpty()) {
            return;
        }
        try {
            StoredNetwork wanted = new StoredNetwork(old.document(), planned(old.document(), old));
            if (old.plan().parts().equals(wanted.plan().parts())) {
                return;
            }
            Optional<Confirmation> pending = store.confirmation();
            Draft draft = new Draft(wanted.toText(), SELF, reason, now());
            Version version = pending.isEmpty()
                    ? store.commit(draft)
                    : store.commitConfirmed(draft, pending.get().deadline());
            bring(version.number(), old.plan(), wanted.plan(), new ArrayList<>(), pending);
            events.moves(old.plan(), wanted.plan());
        } catch (InvalidConfigurationException e) {
            downLinks = before;
            if (retry.failed(down, current.number(), clock.uptimeMs())) {
                events.stuck(reason + ", and no other paths were found: " + e.getMessage());
            }
        }
    }

    /** Brings a committed version onto the nodes that have other parts by it, or withdraws it. */
    private void bring(
            long version,
            PlannedNetwork before,
            PlannedNetwork after,
            List<NodeStep> steps,
            Optional<Confirmation> pending)
            throws InvalidConfigurationException {
        Map<String, String> apis = new HashMap<>(before.apis());
        apis.putAll(after.apis());
        try {
            mesh.bring(version, apis, after.partsToBringOver(before), step -> step(step, steps));
        } catch (PartsRefusedException e) {
            store.withdraw(version, pending);
            events.refused(version, e.problems().toString());
            throw new InvalidConfigurationException(e.problems());
        }
        store.markApplied(version);
    }

    private void step(NodeStep step, List<NodeStep> steps) {
        steps.add(step);
        events.step(step);
    }

    private PlannedNetwork planned(String document, StoredNetwork before) throws InvalidConfigurationException {
        return planner.plan(document, before.plan().allocations(), downLinks);
    }

    private static long nodesOf(List<NodeStep> steps) {
        return steps.stream().map(NodeStep::node).distinct().count();
    }

    private static long millisSince(long startedNs) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs);
    }

    private Instant now() {
        return Objects.requireNonNull(clock.instant()).truncatedTo(ChronoUnit.MILLIS);
    }
}
