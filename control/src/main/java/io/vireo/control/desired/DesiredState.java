package io.vireo.control.desired;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.Change;
import io.vireo.control.model.document.ConfigurationDiff;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.store.Confirmation;
import io.vireo.control.store.Draft;
import io.vireo.control.store.StateStore;
import io.vireo.control.store.StoreException;
import io.vireo.control.store.Version;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.ApplyReport;
import io.vireo.control.view.Node;
import io.vireo.control.view.NodeEvent;
import io.vireo.control.view.NotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of the node and the rules by which it changes. Any thread may call; changes wait for each other.
 *
 * <p>A change is checked, committed, and only then applied. When the node refuses it the commit is withdrawn and the node
 * is as before; when control dies in between, {@link #start()} finds a version that was never applied and tries it, and
 * withdraws it if it is refused. Such a version was never acknowledged.
 */
public final class DesiredState {
    private static final System.Logger LOGGER = System.getLogger(DesiredState.class.getName());
    private static final String SELF = "vireo";

    private final StateStore store;
    private final Node node;
    private final Acceptance acceptance;
    private final NodeClock clock;
    private final Trials trials;
    private final ConfigurationEvents events;
    private final CommittedConfigurations committed;

    /** Of those who may only read: however many and large their documents, they keep no change waiting. */
    private final ReadingLane plans;

    private final ReadingLane changes;

    public DesiredState(String nodeName, StateStore store, Node node, NodeClock clock, Consumer<NodeEvent> events) {
        this(nodeName, store, node, clock, events, ConfigurationReader::read);
    }

    DesiredState(
            String nodeName,
            StateStore store,
            Node node,
            NodeClock clock,
            Consumer<NodeEvent> events,
            DocumentReader reader) {
        this.store = store;
        this.node = node;
        acceptance = new Acceptance(nodeName, node);
        this.clock = clock;
        trials = new Trials(store, clock);
        this.events = new ConfigurationEvents(clock, events);
        committed = new CommittedConfigurations(reader);
        plans = new ReadingLane("reading-plans", 1, reader, System::nanoTime);
        changes = new ReadingLane("reading-changes", 2, reader, System::nanoTime);
    }

    /** Applies the committed state to the node after control has started, once an overdue unconfirmed version is reverted. */
    public synchronized void start() {
        Version newest = store.current();
        if (!newest.applied() && withdrawIfRefused(newest)) {
            start();
            return;
        }
        if (!revertIfOverdue()) {
            applyCommitted(store.current());
        }
    }

    /** The current configuration. */
    public Configuration current() {
        return committed.of(store.current());
    }

    /** The configuration of a version. */
    public Configuration configurationOf(Version version) {
        return committed.of(version);
    }

    /** The current version with its document. */
    public Version currentVersion() {
        return store.current();
    }

    /**
     * A version with its document.
     *
     * @throws NotFoundException when it never existed or was deleted.
     */
    public Version version(long number) {
        return store.version(number).orElseThrow(() -> new NotFoundException("there is no version " + number));
    }

    /** The newest versions, newest first, without their documents. */
    public List<Version> history(int limit) {
        return store.history(limit);
    }

    /** The version that awaits confirmation, if there is one. */
    public Optional<Confirmation> confirmation() {
        return store.confirmation();
    }

    /** By what time of day it has to be confirmed, as the clock is set now. */
    public Optional<Instant> confirmBy() {
        return store.confirmation().map(trials::confirmBy);
    }

    /**
     * What a document would change. Changes nothing.
     *
     * @throws InvalidConfigurationException with everything that is wrong with it, for itself and for this node.
     * @throws CallerGoneException           when the caller has gone before it was read.
     * @throws TooManyDocumentsException     when too many wait already.
     */
    public List<Change> plan(String document, Caller caller) throws InvalidConfigurationException {
        return ConfigurationDiff.between(current(), acceptance.check(plans.read(document, caller)));
    }

    /** What is different between two versions. */
    public List<Change> diff(long from, long to) {
        return ConfigurationDiff.between(committed.of(version(from)), committed.of(version(to)));
    }

    /**
     * Commits a document and applies it to the node.
     *
     * @throws InvalidConfigurationException with everything that is wrong with it, or why the node refused it.
     * @throws VersionConflictException      when it was made from another version than the current one.
     * @throws CallerGoneException           when the caller has gone before it was committed.
     * @throws TooManyDocumentsException     when too many wait already.
     */
    public ChangeOutcome apply(String document, ChangeRequest request, Caller caller)
            throws InvalidConfigurationException, VersionConflictException {
        // Outside the lock: however long a document takes to read, other changes and the revert of a trial do not wait.
        return applyRead(document, changes.read(document, caller), request, caller);
    }

    private synchronized ChangeOutcome applyRead(
            String document, Configuration wanted, ChangeRequest request, Caller caller)
            throws InvalidConfigurationException, VersionConflictException {
        if (caller.isGone()) {
            throw new CallerGoneException(); // while other changes were made
        }
        acceptance.check(wanted);
        revertIfOverdue();
        Version before = store.current();
        if (request.baseVersion() != null && request.baseVersion() != before.number()) {
            throw new VersionConflictException(
                    "version " + before.number() + " is current; this was made from version " + request.baseVersion());
        }
        trials.check(request);
        List<Change> changes = ConfigurationDiff.between(committed.of(before), wanted);
        return changes.isEmpty()
                ? applyAgain(wanted, before, request)
                : commitAndApply(document, wanted, changes, request);
    }

    /** Applies what is in force; of a trial, it restarts the clock or confirms. */
    private ChangeOutcome applyAgain(Configuration wanted, Version current, ChangeRequest request)
            throws InvalidConfigurationException {
        ApplyReport report = acceptance.apply(wanted);
        if (store.confirmation().isEmpty()) {
            return new ChangeOutcome(current.number(), List.of(), report, null, null);
        }
        Duration time = request.confirmWithin();
        if (time == null) {
            confirm(request.author());
            return new ChangeOutcome(current.number(), List.of(), report, null, current.number());
        }
        store.prolong(trials.deadlineAfter(time));
        events.restarted(current.number(), time, request.author());
        return new ChangeOutcome(current.number(), List.of(), report, now().plus(time), null);
    }

    /**
     * Commits and applies an earlier version again, as a new version.
     *
     * @throws InvalidConfigurationException when the node refuses it by now.
     * @throws NotFoundException             when there is no such version.
     * @throws VersionConflictException      as for {@link #apply}.
     */
    public ChangeOutcome rollback(long number, ChangeRequest request, Caller caller)
            throws InvalidConfigurationException, VersionConflictException {
        String comment = request.comment().isEmpty() ? "rollback to version " + number : request.comment();
        return apply(
                version(number).document(),
                new ChangeRequest(
                        request.author(), comment, request.baseVersion(), request.confirmWithin(), request.trial()),
                caller);
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
        Optional<Confirmation> pending = store.confirmation();
        if (pending.isEmpty() || !trials.isOverdue(pending.get())) {
            return false;
        }
        Confirmation overdue = pending.get();
        Version target = store.version(overdue.revertTo())
                .orElseThrow(() -> new StoreException("version " + overdue.revertTo() + " to revert to is lost"));
        String text = trials.reason(overdue);
        Version reverted = store.commit(new Draft(target.document(), SELF, text, now()));
        events.reverted(overdue.version(), text);
        applyCommitted(reverted);
        return true;
    }

    private ChangeOutcome commitAndApply(
            String document, Configuration wanted, List<Change> changes, ChangeRequest request)
            throws InvalidConfigurationException {
        Optional<Confirmation> pending = store.confirmation();
        Instant now = now();
        Draft draft = new Draft(document, request.author(), request.comment(), now);
        Duration confirmWithin = request.confirmWithin();
        @Nullable Instant confirmBy = confirmWithin == null ? null : now.plus(confirmWithin);
        // Before the commit: without room for the identities there is no version that was never applied.
        Reservation reservation = Reservation.of(wanted, store.identities());
        Version version = confirmWithin == null
                ? store.commit(draft)
                : store.commitConfirmed(draft, trials.deadlineAfter(confirmWithin));
        ApplyReport report;
        try {
            report = acceptance.apply(wanted);
        } catch (InvalidConfigurationException e) {
            reservation.cancel();
            store.withdraw(version.number(), pending);
            events.refused(NodeEvent.Severity.WARNING, version.number(), e.getMessage());
            throw e;
        }
        store.markApplied(version.number());
        events.applied(version.number(), changes.size(), request);
        @Nullable
        Long confirmed =
                confirmWithin == null ? pending.map(Confirmation::version).orElse(null) : null;
        if (confirmed != null) {
            events.confirmed(confirmed, request.author());
        }
        return new ChangeOutcome(version.number(), changes, report, confirmBy, confirmed);
    }

    /** Whether the version, which was never acknowledged, had to be withdrawn. */
    private boolean withdrawIfRefused(Version unapplied) {
        try {
            node.apply(committed.of(unapplied));
            store.markApplied(unapplied.number());
            return false;
        } catch (ApplyRefusedException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "version " + unapplied.number() + " was never active and is refused: " + e.getMessage());
            store.withdraw(unapplied.number(), trials.before(unapplied));
            return true;
        }
    }

    /** Applies what is committed and must be: a refusal is published as an event, and the desired state stays. */
    private void applyCommitted(Version version) {
        try {
            node.apply(committed.of(version));
            store.markApplied(version.number());
        } catch (ApplyRefusedException e) {
            events.refused(NodeEvent.Severity.ERROR, version.number(), e.getMessage());
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
