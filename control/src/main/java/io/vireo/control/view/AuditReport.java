package io.vireo.control.view;

import java.time.Instant;
import java.util.List;

/**
 * What a comparison of Linux and the data plane found.
 *
 * @param time        when it was begun.
 * @param routers     virtual routers that were compared.
 * @param entries     routes and neighbours that were compared.
 * @param differences what differed, and was repaired.
 */
public record AuditReport(Instant time, int routers, long entries, List<Difference> differences) {

    public AuditReport {
        differences = List.copyOf(differences);
    }

    /**
     * One difference.
     *
     * @param router  the virtual router, as {@code VPN/ROUTER}.
     * @param subject the route or neighbour.
     * @param text    what Linux had and what the data plane had.
     */
    public record Difference(String router, String subject, String text) {}
}
