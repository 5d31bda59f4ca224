package io.vireo.dataplane.wire.event;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.wire.value.SchedulingDigest;
import io.vireo.dataplane.wire.value.SecurityAssociationState;

/**
 * Receives what the conductor reports: control. The fields stand in {@code vireo-wire.xml}. Every text and
 * {@link NextHops} is a reused view, valid during the call only. Single-threaded.
 */
public interface EventHandler {
    /** A command was refused, or a barrier was reached. */
    void onCommandResult(long correlationId, CommandResult code, CharSequence text);

    /** A port came, went, or changed its link; correlationId -1 when nobody asked. */
    void onPortState(long correlationId, int portId, PortState state, long mac, int speedMbps, CharSequence name);

    /** One route, in answer to DumpRoutes. */
    void onRouteEntry(
            long correlationId,
            int routerId,
            AddressFamily family,
            long prefixHigh,
            long prefixLow,
            int prefixLength,
            RouteKind kind,
            NextHops nextHops);

    /** One neighbour, in answer to DumpNeighbours. */
    void onNeighbourEntry(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow, long mac);

    /** The rate of one port that is shaped, in answer to DumpScheduling. */
    void onRateEntry(long correlationId, int portId, long rateBitsPerSecond, int overheadBytes);

    /** One quota, in answer to DumpScheduling. */
    void onQuotaEntry(long correlationId, int quotaId, int packets, long bytes);

    /** One class, in answer to DumpScheduling; the digest as {@link SchedulingDigest} has it. */
    void onClassEntry(long correlationId, int classId, int parentClassId, int portId, int interfaceId, long digest);

    /** The class filter of one interface, in answer to DumpScheduling. */
    void onFilterEntry(long correlationId, int interfaceId, int defaultClassId, long digest);

    /** One security association, in answer to DumpSecurityAssociations. */
    void onAssociationEntry(long correlationId, SecurityAssociationState state);

    /** What a router does with one label, and what came with it, in answer to DumpLabels; both specs are reused views. */
    void onLabelState(long correlationId, LabelSpec spec, NextHops nextHops, long packets, long bytes);

    /** A dump is complete; fewer entries than announced means that events were lost. */
    void onDumpEnd(long correlationId, long entries);

    /** A resynchronisation is complete; how much was old and has been removed. */
    void onSweepDone(
            long correlationId, long epoch, int routes, int neighbours, int interfaces, int routers, int ports);
}
