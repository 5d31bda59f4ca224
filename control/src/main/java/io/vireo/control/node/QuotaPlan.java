package io.vireo.control.node;

import io.vireo.control.model.VpnBuffers;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of a VPN's classes at each port, as they shall be.
 *
 * @param quotaId 1 or more
 * @param configured how much, or null for its part of what is left; see {@link QuotaSizes}
 */
record QuotaPlan(String vpn, int quotaId, @Nullable VpnBuffers configured) {
    /** By what its refusal is known. */
    String subject() {
        return subject(vpn);
    }

    static String subject(String vpn) {
        return "quota " + vpn;
    }
}
