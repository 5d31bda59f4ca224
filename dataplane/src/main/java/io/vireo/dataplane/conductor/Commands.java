package io.vireo.dataplane.conductor;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.command.CommandHandler;
import io.vireo.dataplane.wire.event.EventProxy;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.FilterChunk;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Carries out commands: each either succeeds, or changes nothing and is answered by the reason. Single user: the conductor.
 *
 * <p>What succeeds adds its object with the mark of the newest resynchronisation.
 */
final class Commands implements CommandHandler {
    private final ConductorState books;
    private final Resync resync;
    private final Dumps dumps;
    private final Barriers barriers;
    private final Captures captures;
    private final EventProxy events;
    private final AtomicCounter refused;

    Commands(
            ConductorState books,
            Resync resync,
            Dumps dumps,
            Barriers barriers,
            Captures captures,
            EventProxy events,
            AtomicCounter refused) {
        this.books = books;
        this.resync = resync;
        this.dumps = dumps;
        this.barriers = barriers;
        this.captures = captures;
        this.events = events;
        this.refused = refused;
    }

    private void answer(long correlationId, boolean isDone) {
        if (!isDone) {
            refused.incrementPlain();
            events.commandResult(
                    correlationId, books.refusal().code(), books.refusal().text());
        }
    }

    @Override
    public void onAddPort(
            long correlationId,
            int portId,
            int rxQueues,
            int descriptors,
            int mtu,
            CharSequence name,
            CharSequence devargs) {
        PortRequest request = new PortRequest(rxQueues, descriptors, mtu, name.toString(), devargs.toString());
        answer(correlationId, books.ports().add(correlationId, portId, request, resync.mark()));
    }

    @Override
    public void onRemovePort(long correlationId, int portId) {
        answer(correlationId, books.removePort(correlationId, portId));
    }

    @Override
    public void onAddRouter(
            long correlationId,
            int routerId,
            long vpnId,
            int puntPacketsPerSecond,
            int puntBurstPackets,
            CharSequence name) {
        answer(
                correlationId,
                books.routers().add(routerId, vpnId, puntPacketsPerSecond, puntBurstPackets, resync.mark()));
    }

    @Override
    public void onRemoveRouter(long correlationId, int routerId) {
        answer(correlationId, books.removeRouter(routerId));
    }

    @Override
    public void onAddInterface(long correlationId, InterfaceSpec spec) {
        answer(correlationId, books.interfaces().add(spec, resync.mark()));
    }

    @Override
    public void onRemoveInterface(long correlationId, int interfaceId) {
        answer(correlationId, books.interfaces().check(interfaceId) && books.removeInterface(interfaceId));
    }

    @Override
    public void onSetInterfaceState(long correlationId, int interfaceId, boolean up) {
        boolean isThere = books.interfaces().check(interfaceId);
        if (isThere) {
            books.interfaces().setUp(interfaceId, up);
        }
        answer(correlationId, isThere);
    }

    @Override
    public void onAddNeighbour(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow, long mac) {
        answer(correlationId, books.neighbours().add(interfaceId, family, addressHigh, addressLow, mac, resync.mark()));
    }

    @Override
    public void onRemoveNeighbour(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow) {
        answer(correlationId, books.neighbours().remove(interfaceId, family, addressHigh, addressLow));
    }

    @Override
    public void onAddRoute(
            long correlationId,
            int routerId,
            AddressFamily family,
            long prefixHigh,
            long prefixLow,
            int prefixLength,
            RouteKind kind,
            NextHops nextHops) {
        answer(
                correlationId,
                books.routes()
                        .add(routerId, family, prefixHigh, prefixLow, prefixLength, kind, nextHops, resync.mark()));
    }

    @Override
    public void onRemoveRoute(
            long correlationId, int routerId, AddressFamily family, long prefixHigh, long prefixLow, int prefixLength) {
        answer(correlationId, books.routes().remove(routerId, family, prefixHigh, prefixLow, prefixLength));
    }

    @Override
    public void onResyncBegin(long correlationId, long epoch) {
        resync.begin(epoch);
    }

    @Override
    public void onResyncEnd(long correlationId, long epoch) {
        answer(correlationId, resync.end(correlationId, epoch));
    }

    @Override
    public void onDumpRoutes(long correlationId, int routerId) {
        answer(correlationId, dumps.routes(correlationId, routerId));
    }

    @Override
    public void onDumpNeighbours(long correlationId, int routerId) {
        answer(correlationId, dumps.neighbours(correlationId, routerId));
    }

    @Override
    public void onStartCapture(
            long correlationId, int captureId, int interfaceId, int dropReason, int snapLength, long packetLimit) {
        answer(correlationId, captures.start(captureId, interfaceId, dropReason, snapLength, packetLimit));
    }

    @Override
    public void onStopCapture(long correlationId, int captureId) {
        answer(correlationId, captures.stop(captureId));
    }

    @Override
    public void onSetPortRate(long correlationId, int portId, long rateBitsPerSecond, int overheadBytes) {
        answer(
                correlationId,
                books.classes().setRate(correlationId, portId, rateBitsPerSecond, overheadBytes, resync.mark()));
    }

    @Override
    public void onAddClass(
            long correlationId,
            int classId,
            int parentClassId,
            int portId,
            int interfaceId,
            ClassSpec spec,
            CharSequence name) {
        answer(
                correlationId,
                books.classes().add(correlationId, classId, parentClassId, portId, interfaceId, spec, resync.mark()));
    }

    @Override
    public void onRemoveClass(long correlationId, int classId) {
        answer(correlationId, books.classes().remove(correlationId, classId));
    }

    @Override
    public void onSetClassFilter(
            long correlationId, int interfaceId, int defaultClassId, int totalLongs, int firstLong, FilterChunk chunk) {
        answer(
                correlationId,
                books.classes()
                        .setFilter(
                                correlationId,
                                interfaceId,
                                defaultClassId,
                                totalLongs,
                                firstLong,
                                chunk,
                                resync.mark()));
    }

    @Override
    public void onSetQuota(long correlationId, int quotaId, int packets, long bytes) {
        answer(correlationId, books.classes().setQuota(correlationId, quotaId, packets, bytes, resync.mark()));
    }

    @Override
    public void onDumpScheduling(long correlationId) {
        answer(correlationId, dumps.scheduling(correlationId));
    }

    @Override
    public void onBarrier(long correlationId) {
        answer(correlationId, barriers.add(correlationId));
    }

    @Override
    public void onInvalid(long correlationId, String reason) {
        answer(correlationId, books.refusal().because(CommandResult.INVALID, reason));
    }
}
