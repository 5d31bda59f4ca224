package io.vireo.dataplane.wire.command;

/** Carries out the commands that ask what there is; see {@link CommandHandlers} for what all have in common. */
public interface DumpCommandHandler {
    /** Reports all routes of a virtual router. */
    void onDumpRoutes(long correlationId, int routerId);

    /** Reports all neighbours of a virtual router. */
    void onDumpNeighbours(long correlationId, int routerId);

    /** Reports all rates, quotas, classes and filters. */
    void onDumpScheduling(long correlationId);

    /** Reports all security associations. */
    void onDumpSecurityAssociations(long correlationId);

    /** Reports the label tables of all virtual routers. */
    void onDumpLabels(long correlationId);
}
