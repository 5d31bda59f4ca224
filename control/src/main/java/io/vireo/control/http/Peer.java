package io.vireo.control.http;

import java.util.Set;

/**
 * Who is at the other end of a connection, as the kernel reports it.
 *
 * @param user   name of the user, or its number when it has no name.
 * @param groups names of its groups.
 */
public record Peer(String user, Set<String> groups) {

    public Peer {
        groups = Set.copyOf(groups);
    }
}
