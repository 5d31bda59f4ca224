package io.vireo.dataplane.conductor;

import io.vireo.dataplane.wire.AddressFamily;
import io.vireo.dataplane.wire.ClassSpec;
import io.vireo.dataplane.wire.CommandHandler;
import io.vireo.dataplane.wire.EventProxy;
import io.vireo.dataplane.wire.FilterChunk;
import io.vireo.dataplane.wire.InterfaceKind;
import io.vireo.dataplane.wire.NextHops;
import io.vireo.dataplane.wire.ResultCode;
import io.vireo.dataplane.wire.RouteKind;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Carries out commands: each either succeeds, or changes nothing and is answered by the reason. Single user: the conductor.
 *
 * <p>What succeeds adds its object with the mark of the newest resynchronisation.
 */
final class Commands implements CommandHandler {
    private final Books books;
    private final Resync resync;
    private final Dumps dumps;
    private final Barriers barriers;
    private final Captures captures;
    private final EventProxy events;
    private final AtomicCounter refused;

    Commands(
            final Books books,
            final Resync resync,
            final Dumps dumps,
            final Barriers barriers,
            final Captures captures,
            final EventProxy events,
            final AtomicCounter refused) {
        this.books = books;
        this.resync = resync;
        this.dumps = dumps;
        this.barriers = barriers;
        this.captures = captures;
        this.events = events;
        this.refused = refused;
    }

    private void answer(final long correlationId, final boolean isDone) {
        if (!isDone) {
            refused.incrementPlain();
            events.commandResult(
                    correlationId, books.refusal().code(), books.refusal().text());
        }
    }

    @Override
    public void onAddPort(
            final long correlationId,
            final int portId,
            final int rxQueues,
            final int descriptors,
            final int mtu,
            final CharSequence name,
            final CharSequence devargs) {
        final PortRequest request = new PortRequest(rxQueues, descriptors, mtu, name.toString(), devargs.toString());
        answer(correlationId, books.ports().add(correlationId, portId, request, resync.mark()));
    }

    @Override
    public void onRemovePort(final long correlationId, final int portId) {
        answer(correlationId, books.removePort(correlationId, portId));
    }

    @Override
    public void onAddRouter(
            final long correlationId,
            final int routerId,
            final long vpnId,
            final int puntPacketsPerSecond,
            final int puntBurstPackets,
            final CharSequence name) {
        answer(
                correlationId,
                books.routers().add(routerId, vpnId, puntPacketsPerSecond, puntBurstPackets, resync.mark()));
    }

    @Override
    public void onRemoveRouter(final long correlationId, final int routerId) {
        answer(correlationId, books.removeRouter(routerId));
    }

    @Override
    public void onAddInterface(
            final long correlationId,
            final int interfaceId,
            final int routerId,
            final InterfaceKind kind,
            final int portId,
            final int vlan,
            final int peerInterfaceId,
            final long mac,
            final int mtu,
            final CharSequence name) {
        final boolean isDone = kind == InterfaceKind.LINK
                ? books.interfaces().addLink(interfaceId, routerId, peerInterfaceId, mac, mtu)
                : books.interfaces().addAccess(interfaceId, routerId, portId, vlan, mac, mtu);
        if (isDone) {
            books.interfaces().mark(interfaceId, resync.mark());
        }
        answer(correlationId, isDone);
    }

    @Override
    public void onRemoveInterface(final long correlationId, final int interfaceId) {
        answer(correlationId, books.interfaces().check(interfaceId) && books.removeInterface(interfaceId));
    }

    @Override
    public void onSetInterfaceState(final long correlationId, final int interfaceId, final boolean up) {
        final boolean isThere = books.interfaces().check(interfaceId);
        if (isThere) {
            books.interfaces().setUp(interfaceId, up);
        }
        answer(correlationId, isThere);
    }

    @Override
    public void onAddNeighbour(
            final long correlationId,
            final int interfaceId,
            final AddressFamily family,
            final long addressHigh,
            final long addressLow,
            final long mac) {
        answer(correlationId, books.neighbours().add(interfaceId, family, addressHigh, addressLow, mac, resync.mark()));
    }

    @Override
    public void onRemoveNeighbour(
            final long correlationId,
            final int interfaceId,
            final AddressFamily family,
            final long addressHigh,
            final long addressLow) {
        answer(correlationId, books.neighbours().remove(interfaceId, family, addressHigh, addressLow));
    }

    @Override
    public void onAddRoute(
            final long correlationId,
            final int routerId,
            final AddressFamily family,
            final long prefixHigh,
            final long prefixLow,
            final int prefixLength,
            final RouteKind kind,
            final NextHops nextHops) {
        answer(
                correlationId,
                books.routes()
                        .add(routerId, family, prefixHigh, prefixLow, prefixLength, kind, nextHops, resync.mark()));
    }

    @Override
    public void onRemoveRoute(
            final long correlationId,
            final int routerId,
            final AddressFamily family,
            final long prefixHigh,
            final long prefixLow,
            final int prefixLength) {
        answer(correlationId, books.routes().remove(routerId, family, prefixHigh, prefixLow, prefixLength));
    }

    @Override
    public void onResyncBegin(final long correlationId, final long epoch) {
        resync.begin(epoch);
    }

    @Override
    public void onResyncEnd(final long correlationId, final long epoch) {
        answer(correlationId, resync.end(correlationId, epoch));
    }

    @Override
    public void onDumpRoutes(final long correlationId, final int routerId) {
        answer(correlationId, dumps.routes(correlationId, routerId));
    }

    @Override
    public void onDumpNeighbours(final long correlationId, final int routerId) {
        answer(correlationId, dumps.neighbours(correlationId, routerId));
    }

    @Override
    public void onStartCapture(
            final long correlationId,
            final int captureId,
            final int interfaceId,
            final int dropReason,
            final int snapLength,
            final long packetLimit) {
        answer(correlationId, captures.start(captureId, interfaceId, dropReason, snapLength, packetLimit));
    }

    @Override
    public void onStopCapture(final long correlationId, final int captureId) {
        answer(correlationId, captures.stop(captureId));
    }

    @Override
    public void onSetPortRate(
            final long correlationId, final int portId, final long rateBitsPerSecond, final int overheadBytes) {
        answer(
                correlationId,
                books.classes().setRate(correlationId, portId, rateBitsPerSecond, overheadBytes, resync.mark()));
    }

    @Override
    public void onAddClass(
            final long correlationId,
            final int classId,
            final int parentClassId,
            final int portId,
            final int interfaceId,
            final ClassSpec spec,
            final CharSequence name) {
        answer(
                correlationId,
                books.classes().add(correlationId, classId, parentClassId, portId, interfaceId, spec, resync.mark()));
    }

    @Override
    public void onRemoveClass(final long correlationId, final int classId) {
        answer(correlationId, books.classes().remove(correlationId, classId));
    }

    @Override
    public void onSetClassFilter(
            final long correlationId,
            final int interfaceId,
            final int defaultClassId,
            final int totalLongs,
            final int firstLong,
            final FilterChunk chunk) {
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
    public void onSetQuota(final long correlationId, final int quotaId, final int packets, final long bytes) {
        answer(correlationId, books.classes().setQuota(correlationId, quotaId, packets, bytes, resync.mark()));
    }

    @Override
    public void onDumpScheduling(final long correlationId) {
        answer(correlationId, dumps.scheduling(correlationId));
    }

    @Override
    public void onBarrier(final long correlationId) {
        answer(correlationId, barriers.add(correlationId));
    }

    @Override
    public void onInvalid(final long correlationId, final String reason) {
        answer(correlationId, books.refusal().because(ResultCode.INVALID, reason));
    }
}
