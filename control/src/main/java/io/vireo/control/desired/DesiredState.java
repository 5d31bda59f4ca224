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
import io.vireo.control.view.Node;
import io.vireo.control.view.NodeEvent;
import io.vireo.control.view.NotFoundException;
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
    private static final String SELF = "vireo";

    private final StateStore store;
    private final Acceptance acceptance;
    private final NodeClock clock;
    private final Trials trials;
    private final ConfigurationEvents events;
    private final CommittedConfigurations committed;
    private final Commits commits;
    private final Reservations reservations;

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
        acceptance = new Acceptance(nodeName, node);
        this.clock = clock;
        trials = new Trials(store, clock);
        this.events = new ConfigurationEvents(clock, events);
        committed = new CommittedConfigurations(reader);
        plans = new ReadingLane("reading-plans", 1, reader, System::nanoTime);
        changes = new ReadingLane("reading-changes", 2, reader, System::nanoTime);
        commits = new Commits(store, node, acceptance, committed, trials, this.events, clock);
        reservations = new Reservations(store, clock, committed, commits, this.events);
    }

    /** Applies the committed state to the node after control has started, once an overdue unconfirmed version is reverted. */
    public synchronized void start() {
        Version newest = store.current();
        if (!newest.applied() && commits.withdrawIfRefused(newest)) {
            start();
            return;
        }
        reservations.releaseIfOver();
        if (!revertIfOverdue()) {
            commits.applyCommitted(store.current());
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
        endWhatIsOver();
        checkBase(request.baseVersion());
        trials.check(request);
        reservations.check();
        return commits.make(document, wanted, request);
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
        commits.applyCommitted(reverted);
        return true;
    }

    /**
     * Reserves a document: as of {@link #apply}, all that can be checked before is checked, its identities are taken, and nothing
     * else changes here until it is committed or released, or its lease ends.
     *
     * @throws InvalidConfigurationException with everything that is wrong with it.
     * @throws VersionConflictException      as for {@link #apply}; when another is held or a version is on trial; when a newer
     *                                       leader has been here.
     */
    public ReservationStatus reserve(String document, ReservationRequest request, Caller caller)
            throws InvalidConfigurationException, VersionConflictException {
        return reserveRead(document, changes.read(document, caller), request, caller);
    }

    private synchronized ReservationStatus reserveRead(
            String document, Configuration wanted, ReservationRequest request, Caller caller)
            throws InvalidConfigurationException, VersionConflictException {
        if (caller.isGone()) {
            throw new CallerGoneException();
        }
        endWhatIsOver();
        reservations.fence(request.token());
        Optional<ReservationStatus> known = reservations.committed(request.id());
        if (known.isPresent()) {
            return known.get();
        }
        checkBase(request.baseVersion());
        trials.checkNone();
        acceptance.check(wanted);
        return reservations.hold(document, wanted, request);
    }

    /**
     * Applies what is reserved, as a new version. Once it is done, asking again changes nothing.
     *
     * @throws NotFoundException             when it is not held: it was never made or was released, or its lease ended.
     * @throws InvalidConfigurationException when the node refuses it by now; it stays reserved.
     * @throws VersionConflictException      when a newer leader has been here.
     */
    public synchronized ReservationStatus commitReservation(String id, long token)
            throws InvalidConfigurationException, VersionConflictException {
        endWhatIsOver();
        reservations.fence(token);
        return reservations.commit(id);
    }

    /**
     * Releases what is reserved; without effect on what is not.
     *
     * @param token of a leader, or null for whoever may change the configuration.
     * @throws VersionConflictException when a newer leader has been here.
     */
    public synchronized void releaseReservation(String id, @Nullable Long token) throws VersionConflictException {
        endWhatIsOver();
        if (token != null) {
            reservations.fence(token);
        }
        reservations.release(id);
    }

    /** What is reserved, if anything is. */
    public Optional<ReservationStatus> reservation() {
        return reservations.held();
    }

    /**
     * What is reserved, or what was, and was committed.
     *
     * @throws NotFoundException when neither.
     */
    public ReservationStatus reservation(String id) {
        return reservations.status(id);
    }

    /** Reverts an overdue trial and releases a reservation whose lease is over. To be called often. */
    public synchronized void endWhatIsOver() {
        revertIfOverdue();
        reservations.releaseIfOver();
    }

    private void checkBase(@Nullable Long baseVersion) throws VersionConflictException {
        long current = store.current().number();
        if (baseVersion != null && baseVersion != current) {
            throw new VersionConflictException(
                    "version " + current + " is current; this was made from version " + baseVersion);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
