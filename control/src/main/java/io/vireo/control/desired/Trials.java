package io.vireo.control.desired;

import io.vireo.control.store.Confirmation;
import io.vireo.control.store.Deadline;
import io.vireo.control.store.StateStore;
import io.vireo.control.store.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a trial: a version that is reverted unless it is confirmed in time (RFC 6241 §8.4, with a user in place of a
 * session).
 *
 * <ul>
 *   <li>A later change of who holds the trial goes on with it: with a time of its own it restarts the clock, also when it
 *       changes nothing; without one it confirms. A revert goes back to before the first of them.
 *   <li>A change of somebody else's is refused unless it names the version on trial, as {@code persist-id} does.
 *   <li>The time is that since the machine started. A restart of control takes nothing from it and adds nothing; a restart of the
 *       machine ends the trial, for nobody could confirm meanwhile.
 * </ul>
 */
public final class Trials {
    private final StateStore store;
    private final NodeClock clock;

    /** Trials of versions in this store. */
    public Trials(StateStore store, NodeClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** When a trial that begins now is over. */
    public Deadline deadlineAfter(Duration time) {
        return new Deadline(clock.bootId(), clock.uptimeMs() + time.toMillis());
    }

    /** Whether its time is over. */
    public boolean isOverdue(Confirmation trial) {
        return isOfAnotherBoot(trial) || clock.uptimeMs() >= trial.deadline().uptimeMs();
    }

    /** By what time of day the trial has to be confirmed, as the clock is set now. */
    public Instant confirmBy(Confirmation trial) {
        long leftMs = isOfAnotherBoot(trial) ? 0 : trial.deadline().uptimeMs() - clock.uptimeMs();
        return clock.instant().plusMillis(leftMs).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Why a trial that is overdue is reverted. */
    public String reason(Confirmation trial) {
        String end = isOfAnotherBoot(trial) ? " was on trial when the machine restarted" : " was not confirmed in time";
        return "version " + trial.version() + end + "; reverted to version " + trial.revertTo();
    }

    /**
     * Refuses a change that would end somebody else's trial without saying so.
     *
     * @throws VersionConflictException when it may not, or names a trial that is over.
     */
    public void check(ChangeRequest request) throws VersionConflictException {
        Optional<Confirmation> pending = store.confirmation();
        Long named = request.trial();
        if (named != null
                && named != pending.map(Confirmation::version).orElse(0L).longValue()) {
            throw new VersionConflictException(
                    "version " + named + " is not on trial: it was confirmed or reverted, or another one followed it");
        }
        if (named != null || pending.isEmpty()) {
            return;
        }
        Confirmation trial = pending.get();
        String holder = holder(trial);
        if (!holder.equals(request.author())) {
            throw new VersionConflictException("version " + trial.version() + " of " + holder + " is on trial until "
                    + confirmBy(trial) + ": wait until it is confirmed or reverted, or name it (trial "
                    + trial.version() + ") to go on from it");
        }
    }

    /**
     * Refuses what no trial goes together with.
     *
     * @throws VersionConflictException when there is one.
     */
    void checkNone() throws VersionConflictException {
        Optional<Confirmation> pending = store.confirmation();
        if (pending.isPresent()) {
            Confirmation trial = pending.get();
            throw new VersionConflictException(
                    "version " + trial.version() + " of " + holder(trial) + " is on trial until " + confirmBy(trial)
                            + ": nothing is reserved before it is confirmed or reverted");
        }
    }

    /** The trial that was there before a follow-up of it that is withdrawn, as far as the store still knows. */
    public Optional<Confirmation> before(Version withdrawn) {
        List<Version> newest = store.history(2);
        return store.confirmation()
                .filter(trial -> trial.version() == withdrawn.number() && newest.size() > 1)
                .map(trial -> new Confirmation(newest.getLast().number(), trial.revertTo(), trial.deadline()))
                .filter(trial -> trial.version() != trial.revertTo());
    }

    private String holder(Confirmation trial) {
        return store.version(trial.version()).map(Version::author).orElse("");
    }

    private boolean isOfAnotherBoot(Confirmation trial) {
        return !trial.deadline().bootId().equals(clock.bootId());
    }
}
