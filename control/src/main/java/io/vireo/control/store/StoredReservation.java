package io.vireo.control.store;

/**
 * A document that is reserved for, and may be committed until its deadline.
 *
 * @param id       of whoever reserves, used once.
 * @param holder   name of the user who reserves.
 * @param token    of the leader who reserves.
 * @param deadline when its lease ends.
 * @param document the configuration document.
 */
public record StoredReservation(String id, String holder, long token, Deadline deadline, String document) {}
