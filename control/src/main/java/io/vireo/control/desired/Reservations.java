package io.vireo.control.desired;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import io.vireo.control.store.Deadline;
import io.vireo.control.store.ReservationTable;
import io.vireo.control.store.StateStore;
import io.vireo.control.store.StoredReservation;
import io.vireo.control.view.NodeEvent;
import io.vireo.control.view.NotFoundException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a reservation: this node's vote in a transaction over many (two-phase commit with presumed abort, Mohan, Lindsay and
 * Obermarck 1986, whose participants here need not wait for a coordinator for ever, for their vote is leased).
 *
 * <ul>
 *   <li>One is held at a time, with the identities of what is new in it. While it is, every other change is refused. Nothing is
 *       reserved while a version is on trial, so that a revert never takes away what a reservation was checked against.
 *   <li>Who reserves again with the same identifier has the new document reserved, and the lease begins anew.
 *   <li>Each request carries the token of a leader, and leaders have higher ones than those before them. The highest ever shown is
 *       kept; a lower one is refused. A newer leader's reservation takes the place of an older one's: the newer one knows what was decided.
 *   <li>The lease is time since the machine started, as that of a {@link Trials trial}: it ends while control is away, too.
 *   <li>What was committed is remembered, so that asking again does no harm. The commit of what is not held is refused: whoever
 *       decided it reserves it again.
 * </ul>
 *
 * Called by one thread at a time where something changes.
 */
final class Reservations {
    private final ReservationTable table;
    private final StateStore store;
    private final NodeClock clock;
    private final CommittedConfigurations configurations;
    private final Commits commits;
    private final ConfigurationEvents events;

    /** What is held, read; null after a restart. */
    private @Nullable Read read;

    private record Read(String id, Configuration configuration) {}

    Reservations(
            StateStore store,
            NodeClock clock,
            CommittedConfigurations configurations,
            Commits commits,
            ConfigurationEvents events) {
        table = store.reservations();
        this.store = store;
        this.clock = clock;
        this.configurations = configurations;
        this.commits = commits;
        this.events = events;
    }

    /** Refuses a change that is not the one reserved. */
    void check() throws VersionConflictException {
        Optional<StoredReservation> held = table.held();
        if (held.isPresent()) {
            throw new VersionConflictException(
                    sayHeld(held.get()) + ": other changes wait until it is committed or released");
        }
    }

    /** Refuses who was leader once, and remembers who is. */
    void fence(long token) throws VersionConflictException {
        long highest = table.highestToken();
        if (token < highest) {
            throw new VersionConflictException("token " + token + " is lower than " + highest
                    + ", which was shown here before: there is a newer leader");
        }
        if (token > highest) {
            table.raiseToken(token);
        }
    }

    /** What is held, when its lease is not over. */
    Optional<ReservationStatus> held() {
        return table.held().filter(held -> !isOver(held)).map(this::statusOf);
    }

    /** A reservation that became a version. */
    Optional<ReservationStatus> committed(String id) {
        return table.versionOf(id).stream()
                .mapToObj(version -> ReservationStatus.committed(id, version))
                .findFirst();
    }

    ReservationStatus status(String id) {
        return held().filter(held -> held.id().equals(id))
                .or(() -> committed(id))
                .orElseThrow(() -> unknown(id));
    }

    /** Holds what may be applied as far as can be known before. */
    ReservationStatus hold(String document, Configuration wanted, ReservationRequest request)
            throws InvalidConfigurationException, VersionConflictException {
        Optional<StoredReservation> other = table.held();
        if (other.isPresent() && !gives(other.get(), request)) {
            throw new VersionConflictException(sayHeld(other.get()) + ": one is held at a time");
        }
        other.ifPresent(this::drop);
        StoredReservation reservation =
                new StoredReservation(request.id(), request.holder(), request.token(), deadline(request), document);
        table.hold(reservation); // before its identities: they are found by what is in it, and none is left over
        read = new Read(request.id(), wanted);
        List<String> missing = TakenIdentities.of(wanted, store.identities()).missing();
        if (!missing.isEmpty()) {
            drop(reservation);
            throw new InvalidConfigurationException(List.of(Problem.at(
                    "",
                    "there is no room for " + missing.getFirst()
                            + (missing.size() > 1 ? " and " + (missing.size() - 1) + " more" : ""))));
        }
        events.reserved(request);
        return statusOf(reservation);
    }

    /** Applies what is held. */
    ReservationStatus commit(String id) throws InvalidConfigurationException {
        Optional<StoredReservation> held = table.held().filter(each -> each.id().equals(id));
        if (held.isEmpty()) {
            return committed(id).orElseThrow(() -> unknown(id));
        }
        long version = commits.make(held.get(), configurationOf(held.get()));
        table.complete(id, version);
        read = null;
        return ReservationStatus.committed(id, version);
    }

    /** Ends what is held without a commit; without effect when it is not. */
    void release(String id) {
        table.held().filter(each -> each.id().equals(id)).ifPresent(held -> {
            drop(held);
            events.released(NodeEvent.Severity.INFO, id, "reservation " + id + " was released");
        });
    }

    /** Ends what is held when its lease is over. */
    void releaseIfOver() {
        table.held().filter(this::isOver).ifPresent(over -> {
            drop(over);
            events.released(
                    NodeEvent.Severity.WARNING,
                    over.id(),
                    "the lease of reservation " + over.id() + " of " + over.holder()
                            + " ended: it was neither committed nor released");
        });
    }

    private void drop(StoredReservation held) {
        TakenIdentities.beyond(configurations.of(store.current()), configurationOf(held), store.identities())
                .cancel();
        table.drop();
        read = null;
    }

    private Configuration configurationOf(StoredReservation held) {
        Read known = read;
        return known != null && known.id().equals(held.id())
                ? known.configuration()
                : configurations.of(held.document(), "reservation " + held.id());
    }

    private static boolean gives(StoredReservation held, ReservationRequest request) {
        return held.id().equals(request.id()) || held.token() < request.token();
    }

    private Deadline deadline(ReservationRequest request) {
        return new Deadline(clock.bootId(), clock.uptimeMs() + request.lease().toMillis());
    }

    private boolean isOver(StoredReservation held) {
        return !held.deadline().bootId().equals(clock.bootId())
                || clock.uptimeMs() >= held.deadline().uptimeMs();
    }

    private Instant until(StoredReservation held) {
        long leftMs = held.deadline().uptimeMs() - clock.uptimeMs();
        return clock.instant().plusMillis(leftMs).truncatedTo(ChronoUnit.MILLIS);
    }

    private ReservationStatus statusOf(StoredReservation held) {
        return new ReservationStatus(
                held.id(),
                ReservationStatus.State.HELD,
                held.holder(),
                held.token(),
                until(held),
                store.current().number());
    }

    private String sayHeld(StoredReservation held) {
        return "reservation " + held.id() + " of " + held.holder() + " (token " + held.token() + ") is held until "
                + until(held);
    }

    private static NotFoundException unknown(String id) {
        return new NotFoundException("reservation " + id
                + " is not held: it was never made or was released, or its lease ended; reserve again");
    }
}
