package io.vireo.control.model;

import java.nio.file.Path;

/**
 * How the keys of an ESP tunnel are negotiated by IKEv2 (RFC 7296). No secret is in it, only where there is one.
 *
 * @param localId what this end says it is: an address, a domain name, {@code user@domain} or a distinguished name.
 * @param remoteId what the far end has to prove that it is.
 * @param authentication how both prove it.
 * @param rekeySeconds age of a key at which another is negotiated, {@link Limits#MIN_REKEY_SECONDS} to {@link
 *     Limits#MAX_REKEY_SECONDS}; at the latest.
 * @param deadPeerSeconds after so long without a word the far end is asked whether it is there (RFC 3706's DPD), 1 to {@link
 *     Limits#MAX_DEAD_PEER_SECONDS}.
 * @param initiates whether this end begins; if not, it waits for the far end to begin.
 */
public record Ike(
        String localId,
        String remoteId,
        Authentication authentication,
        int rekeySeconds,
        int deadPeerSeconds,
        boolean initiates) {

    /** A proof of identity. */
    public sealed interface Authentication {
        /** A secret that both ends have: the contents of a file, without the end of its last line. */
        record PreSharedKey(Path file) implements Authentication {}

        /**
         * A certificate of each end, in PEM or DER.
         *
         * @param certificate of this end.
         * @param key its private key.
         * @param authority whose certificates are accepted of the far end.
         */
        record Certificate(Path certificate, Path key, Path authority) implements Authentication {}
    }
}
