package io.vireo.control.node.scheduling;

import io.vireo.control.model.VpnBuffers;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of a VPN's classes at each port, as they shall be.
 *
 * @param quotaId 1 or more
 * @param configured how much, or null for its part of what is left; see {@link QuotaSizes}
 */
public record QuotaPlan(String vpn, int quotaId, @Nullable VpnBuffers configured) {
    /** By what its refusal is known. */
    public String subject() {
        return subject(vpn);
    }

    public static String subject(String vpn) {
        return "quota " + vpn;
    }
}
