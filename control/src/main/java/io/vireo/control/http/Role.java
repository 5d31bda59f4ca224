package io.vireo.control.http;

/** What a peer may do. Each role may do what those before it may. */
public enum Role {
    /** Read, but neither change anything nor see the contents of packets. */
    READ_ONLY,
    /** Everything but the keys of tunnels. */
    OPERATOR,
    /** Everything: root. */
    ADMINISTRATOR;

    /** Whether this role may do what {@code needed} may. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
