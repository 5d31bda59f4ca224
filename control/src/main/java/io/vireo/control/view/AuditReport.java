package io.vireo.control.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of the configuration, Linux and the data plane found.
 *
 * @param time        when it was begun.
 * @param routers     virtual routers that were compared.
 * @param entries     routes, neighbours, classes, filters, quotas and rates that were compared.
 * @param differences what differed, and who differs.
 */
public record AuditReport(Instant time, int routers, long entries, List<Difference> differences) {

    public AuditReport {
        differences = List.copyOf(differences);
    }

    /** Who differs from what it shall be. */
    public enum Side {
        /** The kernel, from the configuration. Left as it is: an apply restores it. */
        LINUX,
        /** Control's own picture of the kernel's tables. Repaired. */
        MIRROR,
        /** The data plane. Repaired if it did not refuse that. */
        DATA_PLANE
    }

    /**
     * One difference.
     *
     * @param router  the virtual router, as {@code VPN/ROUTER}; a VPN for its quota; "node" for what belongs to none.
     * @param side    who differs.
     * @param subject the interface, address, route, neighbour, class, filter, quota or rate.
     * @param text    how it differs.
     * @param refusal why the data plane refused the repair, or null.
     */
    public record Difference(
            String router,
            Side side,
            String subject,
            String text,
            @Nullable String refusal) {

        /** The same, but that it could not be repaired. */
        public Difference refusedBecause(String reason) {
            return new Difference(router, side, subject, text, reason);
        }
    }
}
