package io.vireo.control.view;

import io.vireo.dataplane.wire.code.ClassDropReason;
import io.vireo.dataplane.wire.counters.ClassCounts;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class of a port's scheduling tree: what it is guaranteed, and its counters since it was added. Packets are those
 * of leaves; a class with children has none of its own, but {@code wireBytes} are those of all below it.
 *
 * @param key                 {@code VPN/ROUTER/INTERFACE} for an interface's own class,
 *                            {@code VPN/ROUTER/INTERFACE:CLASS} for those below it.
 * @param parent              key of the class above, or null when that is the port.
 * @param classId             its identity in the data plane.
 * @param port                name of the port.
 * @param vpn                 name of the VPN.
 * @param router              name of the virtual router.
 * @param interfaceName       name of the interface.
 * @param name                its own name; the interface's for the interface's own class.
 * @param realTime            the guarantee, or null.
 * @param linkShare           link-sharing curve: its share of what the guarantees leave, or null.
 * @param upperLimit          its maximum rate, or null.
 * @param generation          changes when the counters are reset: do not subtract across it.
 * @param sentPackets         packets sent.
 * @param sentBytes           bytes of their frames, without FCS.
 * @param wireBytes           bytes of link time used by it and all below it, with the port's overhead per frame.
 * @param guaranteedWireBytes of these, what was sent by its guarantee; the rest by link sharing.
 * @param markedPackets       of the sent packets, those marked "congestion experienced" (RFC 3168).
 * @param queuedPackets       packets queued now.
 * @param queuedBytes         bytes of their frames.
 * @param drops               packets dropped, by {@link ClassDropReason}; reasons that never occurred are left out.
 * @param delays              how long the packets sent were queued.
 */
public record ClassStatus(
        String key,
        @Nullable String parent,
        int classId,
        String port,
        String vpn,
        String router,
        String interfaceName,
        String name,
        @Nullable CurveStatus realTime,
        @Nullable CurveStatus linkShare,
        @Nullable CurveStatus upperLimit,
        long generation,
        long sentPackets,
        long sentBytes,
        long wireBytes,
        long guaranteedWireBytes,
        long markedPackets,
        long queuedPackets,
        long queuedBytes,
        List<DropCount> drops,
        DelayStatus delays) {

    public ClassStatus {
        drops = List.copyOf(drops);
    }

    /** Packets dropped for any reason. */
    public long droppedPackets() {
        return drops.stream().mapToLong(DropCount::packets).sum();
    }

    /** The drops of a class's counters as {@link #drops} has them. */
    public static List<DropCount> dropsOf(InterfacePath interfacePath, ClassCounts counts) {
        return Arrays.stream(ClassDropReason.values())
                .filter(reason -> counts.drops(reason) != 0)
                .map(reason -> new DropCount(
                        interfacePath.vpn(),
                        interfacePath.router(),
                        reason.name(),
                        reason.description(),
                        counts.drops(reason)))
                .toList();
    }
}
