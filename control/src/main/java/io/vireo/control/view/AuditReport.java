package io.vireo.control.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of the data plane with Linux and the configuration found.
 *
 * @param time        when it was begun.
 * @param routers     virtual routers that were compared.
 * @param entries     routes, neighbours, classes, filters, quotas and rates that were compared.
 * @param differences what differed, and was repaired if the data plane did not refuse it.
 */
public record AuditReport(Instant time, int routers, long entries, List<Difference> differences) {

    public AuditReport {
        differences = List.copyOf(differences);
    }

    /**
     * One difference.
     *
     * @param router  the virtual router, as {@code VPN/ROUTER}; a VPN for its quota; "node" for what belongs to none.
     * @param subject the route, neighbour, class, filter, quota or rate.
     * @param text    what was wanted and what the data plane had.
     * @param refusal why the data plane refused the repair, or null when it was repaired.
     */
    public record Difference(
            String router,
            String subject,
            String text,
            @Nullable String refusal) {

        /** The same, but that it could not be repaired. */
        public Difference refusedBecause(String reason) {
            return new Difference(router, subject, text, reason);
        }
    }
}
