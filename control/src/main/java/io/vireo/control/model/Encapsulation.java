package io.vireo.control.model;

import org.jspecify.annotations.Nullable;

/** How a tunnel wraps packets. */
public sealed interface Encapsulation {

    /** In IP itself, without a header between the two (RFC 2003, RFC 2473, RFC 4213). */
    record IpIp() implements Encapsulation {}

    /**
     * In GRE within IP (RFC 2784, RFC 2890, RFC 7676).
     *
     * @param key by which tunnels between the same addresses differ, 0 to {@link Limits#MAX_TUNNEL_KEY}; null: none, which is
     *     another tunnel than the key 0.
     * @param checksum whether packets have a checksum of all that is behind the outer header.
     * @param sequence whether packets are numbered, and older ones than the last dropped.
     */
    record Gre(@Nullable Long key, boolean checksum, boolean sequence) implements Encapsulation {
        public Gre {
            if (key != null && (key < 0 || key > Limits.MAX_TUNNEL_KEY)) {
                throw new IllegalArgumentException("key " + key);
            }
        }
    }
}
