package io.vireo.control.api;

import io.vireo.control.desired.DesiredState;
import io.vireo.control.desired.ReservationRequest;
import io.vireo.control.desired.ReservationStatus;
import io.vireo.control.http.ApiException;
import io.vireo.control.http.ChangeParameters;
import io.vireo.control.http.Exchange;
import io.vireo.control.http.Operation;
import io.vireo.control.http.Operation.Body;
import io.vireo.control.http.Operation.Parameter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reservations over the API: what a controller brings a configuration onto many nodes by, or onto none. */
final class ReservationOperations {
    private static final long DEFAULT_LEASE_SECONDS = 30;

    private static final Parameter LEASE = new Parameter(
            "leaseSeconds",
            "integer",
            "How long it is held unless it is committed, released or made again; 1 s to 10 min, 30 s when left out.");
    private static final Parameter BASE = new Parameter(
            "baseVersion", "integer", "Refuse it unless this version is current. Not checked when left out.");
    private static final Parameter TOKEN = new Parameter(
            "token",
            "integer",
            "The number of the leader who asks: below the highest ever shown here it is refused. Needed.");
    private static final Parameter RELEASE_TOKEN = new Parameter(
            "token", "integer", "As for PUT, when a leader asks; left out by an operator who ends it by hand.");

    private final DesiredState desired;

    ReservationOperations(DesiredState desired) {
        this.desired = desired;
    }

    /** That nothing is held by that identifier. */
    record ReleasedView(String id) {}

    List<Operation> operations() {
        return List.of(
                Operation.get(
                        "/v1/reservations",
                        "What is reserved: one configuration at most. While it is, other changes are refused.",
                        Body.listOf(ReservationStatus.class),
                        this::all),
                Operation.get(
                        "/v1/reservations/{id}",
                        "A reservation that is held or was committed; 404 for one that was released or whose lease ended.",
                        Body.json(ReservationStatus.class),
                        exchange -> exchange.json(desired.reservation(exchange.variable("id")))),
                Operation.change(
                                "PUT",
                                "/v1/reservations/{id}",
                                "Check a whole configuration document, as for PUT /v1/config, and hold it and its identities for a"
                                        + " commit. Made again with the same id it replaces the document and begins the lease anew; once"
                                        + " committed it stays so.",
                                ChangeParameters.DOCUMENT,
                                Body.json(ReservationStatus.class),
                                this::reserve)
                        .with(LEASE, BASE, TOKEN),
                Operation.change(
                                "POST",
                                "/v1/reservations/{id}/commit",
                                "Commit and apply what is reserved, as a version; asked again it answers the same. 404 when it is not"
                                        + " held.",
                                null,
                                Body.json(ReservationStatus.class),
                                this::commit)
                        .with(TOKEN),
                Operation.change(
                                "DELETE",
                                "/v1/reservations/{id}",
                                "Release what is reserved; without effect when it is not held.",
                                null,
                                Body.json(ReleasedView.class),
                                this::release)
                        .with(RELEASE_TOKEN));
    }

    private void all(Exchange exchange) throws Exception {
        exchange.json(desired.reservation().stream().toList());
    }

    private void reserve(Exchange exchange) throws Exception {
        long leaseSeconds = exchange.number(
                LEASE.name(),
                ReservationRequest.MIN_LEASE.toSeconds(),
                ReservationRequest.MAX_LEASE.toSeconds(),
                DEFAULT_LEASE_SECONDS);
        exchange.json(desired.reserve(
                exchange.bodyDocument(), request(exchange, Duration.ofSeconds(leaseSeconds)), exchange::isClientGone));
    }

    private static ReservationRequest request(Exchange exchange, Duration lease) throws ApiException {
        try {
            return new ReservationRequest(
                    exchange.variable("id"),
                    exchange.author(),
                    lease,
                    exchange.number(BASE.name(), 0, Long.MAX_VALUE),
                    token(exchange));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("id", String.valueOf(e.getMessage()));
        }
    }

    private void commit(Exchange exchange) throws Exception {
        exchange.json(desired.commitReservation(exchange.variable("id"), token(exchange)));
    }

    private void release(Exchange exchange) throws Exception {
        String id = exchange.variable("id");
        desired.releaseReservation(id, exchange.number(TOKEN.name(), 1, Long.MAX_VALUE));
        exchange.json(new ReleasedView(id));
    }

    private static long token(Exchange exchange) throws ApiException {
        @Nullable Long token = exchange.number(TOKEN.name(), 1, Long.MAX_VALUE);
        if (token == null) {
            throw ApiException.badRequest(TOKEN.name(), "is needed: the number of the leader who asks");
        }
        return token;
    }
}
