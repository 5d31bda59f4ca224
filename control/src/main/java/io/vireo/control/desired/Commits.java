package io.vireo.control.desired;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.Change;
import io.vireo.control.model.document.ConfigurationDiff;
import io.vireo.control.store.Confirmation;
import io.vireo.control.store.Draft;
import io.vireo.control.store.StateStore;
import io.vireo.control.store.StoredReservation;
import io.vireo.control.store.Version;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.ApplyReport;
import io.vireo.control.view.Node;
import io.vireo.control.view.NodeEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes versions of configurations that may be made: commits, applies, and withdraws what the node refuses. Called by one thread
 * at a time.
 */
final class Commits {
    private static final System.Logger LOGGER = System.getLogger(DesiredState.class.getName());

    private final StateStore store;
    private final Node node;
    private final Acceptance acceptance;
    private final CommittedConfigurations committed;
    private final Trials trials;
    private final ConfigurationEvents events;
    private final NodeClock clock;

    Commits(
            StateStore store,
            Node node,
            Acceptance acceptance,
            CommittedConfigurations committed,
            Trials trials,
            ConfigurationEvents events,
            NodeClock clock) {
        this.store = store;
        this.node = node;
        this.acceptance = acceptance;
        this.committed = committed;
        this.trials = trials;
        this.events = events;
        this.clock = clock;
    }

    /** Makes a version of a document, or applies the current one again if nothing is different. */
    ChangeOutcome make(String document, Configuration wanted, ChangeRequest request)
            throws InvalidConfigurationException {
        Version before = store.current();
        List<Change> changes = ConfigurationDiff.between(committed.of(before), wanted);
        if (changes.isEmpty()) {
            return applyAgain(wanted, before, request);
        }
        Draft draft = new Draft(document, request.author(), request.comment(), now());
        Duration time = request.confirmWithin();
        return commitAndApply(
                wanted,
                changes,
                request,
                draft,
                time == null ? store::commit : kept -> store.commitConfirmed(kept, trials.deadlineAfter(time)));
    }

    /** As above, of what was reserved; nothing is on trial then. Returns the version. */
    long make(StoredReservation reserved, Configuration wanted) throws InvalidConfigurationException {
        Version before = store.current();
        List<Change> changes = ConfigurationDiff.between(committed.of(before), wanted);
        if (changes.isEmpty()) {
            acceptance.apply(wanted);
            store.markApplied(before.number());
            return before.number();
        }
        ChangeRequest request = new ChangeRequest(reserved.holder(), "reservation " + reserved.id(), null, null);
        Draft draft = new Draft(reserved.document(), request.author(), request.comment(), now());
        return commitAndApply(wanted, changes, request, draft, kept -> store.commitReserved(kept, reserved.id()))
                .version();
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
            store.confirm();
            events.confirmed(current.number(), request.author());
            return new ChangeOutcome(current.number(), List.of(), report, null, current.number());
        }
        store.prolong(trials.deadlineAfter(time));
        events.restarted(current.number(), time, request.author());
        return new ChangeOutcome(current.number(), List.of(), report, now().plus(time), null);
    }

    private ChangeOutcome commitAndApply(
            Configuration wanted,
            List<Change> changes,
            ChangeRequest request,
            Draft draft,
            Function<Draft, Version> keep)
            throws InvalidConfigurationException {
        Optional<Confirmation> pending = store.confirmation();
        Duration confirmWithin = request.confirmWithin();
        @Nullable
        Instant confirmBy = confirmWithin == null ? null : draft.time().plus(confirmWithin);
        // Before the commit: without room for the identities there is no version that was never applied.
        TakenIdentities taken = TakenIdentities.of(wanted, store.identities());
        Version version = keep.apply(draft);
        ApplyReport report;
        try {
            report = acceptance.apply(wanted);
        } catch (InvalidConfigurationException e) {
            taken.cancel();
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
    boolean withdrawIfRefused(Version unapplied) {
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
    void applyCommitted(Version version) {
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
