package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.FilterChunk;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;

/**
 * Carries out commands: the conductor. Each method is the other end of the method of {@link DataplaneProxy} with the
 * like name; the fields' meaning and ranges stand in {@code vireo-wire.xml} and have been checked against it. What only
 * the data plane's state can tell (does the router exist?) is for the handler to check.
 *
 * <p>Every text, {@link InterfaceSpec}, {@link NextHops}, {@link ClassSpec} and {@link FilterChunk} is a reused view, valid during the call only. Single-threaded.
 */
public interface CommandHandler {
    /** Opens and starts a port. */
    void onAddPort(
            long correlationId,
            int portId,
            int rxQueues,
            int descriptors,
            int mtu,
            CharSequence name,
            CharSequence devargs);

    /** Stops and closes a port. */
    void onRemovePort(long correlationId, int portId);

    /** Creates a virtual router, or changes its punt limit. */
    void onAddRouter(
            long correlationId,
            int routerId,
            long vpnId,
            int puntPacketsPerSecond,
            int puntBurstPackets,
            CharSequence name);

    /** Frees a virtual router. */
    void onRemoveRouter(long correlationId, int routerId);

    /** Creates an interface, or changes its MAC address and MTU. */
    void onAddInterface(long correlationId, InterfaceSpec spec);

    /** Removes an interface. */
    void onRemoveInterface(long correlationId, int interfaceId);

    /** Opens or closes an interface. */
    void onSetInterfaceState(long correlationId, int interfaceId, boolean up);

    /** Binds an address on an interface's link to a MAC address. */
    void onAddNeighbour(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow, long mac);

    /** Forgets a neighbour. */
    void onRemoveNeighbour(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow);

    /** Inserts or replaces the route of a prefix. */
    void onAddRoute(
            long correlationId,
            int routerId,
            AddressFamily family,
            long prefixHigh,
            long prefixLow,
            int prefixLength,
            RouteKind kind,
            NextHops nextHops);

    /** Removes the route of a prefix. */
    void onRemoveRoute(
            long correlationId, int routerId, AddressFamily family, long prefixHigh, long prefixLow, int prefixLength);

    /** Marks everything as old. */
    void onResyncBegin(long correlationId, long epoch);

    /** Removes what is still marked old. */
    void onResyncEnd(long correlationId, long epoch);

    /** Tells all routes of a virtual router. */
    void onDumpRoutes(long correlationId, int routerId);

    /** Tells all neighbours of a virtual router. */
    void onDumpNeighbours(long correlationId, int routerId);

    /** Begins to copy frames; interfaceId and dropReason may be -1. */
    void onStartCapture(
            long correlationId, int captureId, int interfaceId, int dropReason, int snapLength, long packetLimit);

    /** Ends a capture. */
    void onStopCapture(long correlationId, int captureId);

    /** Shapes a port; rate 0 = unshaped. */
    void onSetPortRate(long correlationId, int portId, long rateBitsPerSecond, int overheadBytes);

    /** Creates, alters or moves a class of the scheduler. */
    void onAddClass(
            long correlationId,
            int classId,
            int parentClassId,
            int portId,
            int interfaceId,
            ClassSpec spec,
            CharSequence name);

    /** Removes a class of the scheduler. */
    void onRemoveClass(long correlationId, int classId);

    /** Takes a part of an interface's class filter; the filter is complete with the part that ends the image. */
    void onSetClassFilter(
            long correlationId, int interfaceId, int defaultClassId, int totalLongs, int firstLong, FilterChunk chunk);

    /** Sets how many buffers the classes of a VPN may hold. */
    void onSetQuota(long correlationId, int quotaId, int packets, long bytes);

    /** Tells all rates, quotas, classes and filters. */
    void onDumpScheduling(long correlationId);

    /** Answers when all commands before it are visible to all workers. */
    void onBarrier(long correlationId);

    /**
     * A command had a field out of range; nothing was carried out and it has been counted.
     *
     * @param correlationId of the command, to be answered by {@link CommandResult#INVALID}
     * @param reason a constant text that begins with the field's name
     */
    void onInvalid(long correlationId, String reason);
}
