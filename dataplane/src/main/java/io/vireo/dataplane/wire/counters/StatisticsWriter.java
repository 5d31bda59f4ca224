package io.vireo.dataplane.wire.counters;

import static io.vireo.dataplane.wire.layout.SharedLayout.DROP_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.OWN_CONTROL_LIMITED_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.OWN_CONTROL_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.PUNT_LIMITED_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.PUNT_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.REFUSED_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.ROW_LENGTH;
import static io.vireo.dataplane.wire.layout.SharedLayout.RX_BYTES;
import static io.vireo.dataplane.wire.layout.SharedLayout.RX_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.TX_BYTES;
import static io.vireo.dataplane.wire.layout.SharedLayout.TX_PACKETS;

import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.layout.SharedLayout;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Counts what one worker does. Single writer: that worker. No allocation, no fence.
 *
 * <p>Each count is a plain load and a plain store: there is no other writer, so nothing can be lost; an aligned long is stored
 * whole, and no later than the worker's next native call, which is all that statistics need. (An opaque store says as much, but
 * the JIT puts a compiler barrier around it, and then loads everything around it anew: 1 ns per packet.)
 *
 * <p>Ids are trusted: they come from the data plane's own tables, and the bounds checks of a buffer cost as much as the
 * counting (8 counts for a packet: 8.2 ns with them, 3.8 ns without, on a 2-core EPYC VM). With assertions on they are checked.
 */
public final class StatisticsWriter {
    /** Stands for the router of a packet that was dropped before its router was known. */
    public static final int NO_ROUTER = -1;

    private final long address;
    private final int length;
    private final int routers;
    private final int ports;
    private final int drops;
    private final int punts;
    private final int answers;

    public StatisticsWriter(SharedLayout layout, UnsafeBuffer buffer) {
        address = buffer.addressOffset();
        length = buffer.capacity();
        routers = layout.routerRowOffset(0);
        ports = layout.portRowOffset(0);
        drops = layout.dropRowOffset(0);
        punts = layout.puntRowOffset(0);
        answers = layout.answerRowOffset(0);
    }

    /** Frames arrived on an interface. */
    public void interfaceReceived(int interfaceId, long packets, long bytes) {
        received(interfaceRow(interfaceId), packets, bytes);
    }

    /** Frames left by an interface. */
    public void interfaceSent(int interfaceId, long packets, long bytes) {
        sent(interfaceRow(interfaceId), packets, bytes);
    }

    /** Frames of an interface were dropped. */
    public void interfaceDropped(int interfaceId, long packets) {
        add(interfaceRow(interfaceId) + DROP_PACKETS, packets);
    }

    /** Frames of an interface were punted. */
    public void interfacePunted(int interfaceId, long packets) {
        add(interfaceRow(interfaceId) + PUNT_PACKETS, packets);
    }

    /** Frames of an interface were not punted because of the limit. */
    public void interfacePuntLimited(int interfaceId, long packets) {
        add(interfaceRow(interfaceId) + PUNT_LIMITED_PACKETS, packets);
    }

    /** Frames arrived in a virtual router. */
    public void routerReceived(int routerId, long packets, long bytes) {
        received(routerRow(routerId), packets, bytes);
    }

    /** Frames left a virtual router. */
    public void routerSent(int routerId, long packets, long bytes) {
        sent(routerRow(routerId), packets, bytes);
    }

    /** Frames were dropped in a virtual router. */
    public void routerDropped(int routerId, long packets) {
        add(routerRow(routerId) + DROP_PACKETS, packets);
    }

    /** Frames of a virtual router were punted; {@code puntClass} is a {@link PuntClass} code. */
    public void routerPunted(int routerId, int puntClass, long packets) {
        add(routerRow(routerId) + PUNT_PACKETS, packets);
        add(punts + routerId * SharedLayout.PUNT_ROW_LENGTH + puntClass * Long.BYTES, packets);
    }

    /** Packets of a virtual router were answered by the data plane; {@code kind} is an {@link AnswerKind} code. */
    public void routerAnswered(int routerId, int kind, long packets) {
        add(answers + routerId * SharedLayout.ANSWER_ROW_LENGTH + kind * Long.BYTES, packets);
    }

    /** Frames of a virtual router were not punted because of the limit. */
    public void routerPuntLimited(int routerId, long packets) {
        add(routerRow(routerId) + PUNT_LIMITED_PACKETS, packets);
    }

    /**
     * Frames were dropped for a reason.
     *
     * @param routerId where, or {@link #NO_ROUTER}
     * @param dropReason {@link DropReason} code
     * @param packets how many
     */
    public void dropped(int routerId, int dropReason, long packets) {
        add(drops + routerId * SharedLayout.DROP_ROW_LENGTH + dropReason * Long.BYTES, packets);
    }

    /** Frames were taken from a port. */
    public void portReceived(int portId, long packets, long bytes) {
        received(portRow(portId), packets, bytes);
    }

    /** A port took frames. */
    public void portSent(int portId, long packets, long bytes) {
        sent(portRow(portId), packets, bytes);
    }

    /** A port refused frames. */
    public void portRefused(int portId, long packets) {
        add(portRow(portId) + REFUSED_PACKETS, packets);
    }

    /**
     * Frames of the routers' own network control were to leave by a port.
     *
     * @param ahead left before what is queued in classes
     * @param beyond were over the bound for that, and went to their classes
     */
    public void portOwnControl(int portId, long ahead, long beyond) {
        add(portRow(portId) + OWN_CONTROL_PACKETS, ahead);
        add(portRow(portId) + OWN_CONTROL_LIMITED_PACKETS, beyond);
    }

    private static int interfaceRow(int interfaceId) {
        return interfaceId * ROW_LENGTH;
    }

    private int routerRow(int routerId) {
        return routers + routerId * ROW_LENGTH;
    }

    private int portRow(int portId) {
        return ports + portId * ROW_LENGTH;
    }

    private void received(int row, long packets, long bytes) {
        add(row + RX_PACKETS, packets);
        add(row + RX_BYTES, bytes);
    }

    private void sent(int row, long packets, long bytes) {
        add(row + TX_PACKETS, packets);
        add(row + TX_BYTES, bytes);
    }

    private void add(int offset, long increment) {
        assert offset >= 0 && offset <= length - Long.BYTES : "offset=" + offset + " of " + length;
        long where = address + offset;
        UnsafeApi.putLong(where, UnsafeApi.getLong(where) + increment);
    }
}
