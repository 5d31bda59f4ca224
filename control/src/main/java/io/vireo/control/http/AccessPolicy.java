package io.vireo.control.http;

import java.util.Optional;

/** Who may do what: root does everything, the group {@code vireo} operates, the group {@code vireo-ro} reads, everybody else is denied. */
public final class AccessPolicy {
    public static final String OPERATOR_GROUP = "vireo";
    public static final String READ_ONLY_GROUP = "vireo-ro";
    private static final String ROOT = "root";

    private AccessPolicy() {}

    /** The role of a peer, or empty when it has none. */
    public static Optional<Role> roleOf(Peer peer) {
        if (peer.user().equals(ROOT)) {
            return Optional.of(Role.ADMINISTRATOR);
        }
        if (peer.groups().contains(OPERATOR_GROUP)) {
            return Optional.of(Role.OPERATOR);
        }
        return peer.groups().contains(READ_ONLY_GROUP) ? Optional.of(Role.READ_ONLY) : Optional.empty();
    }
}
