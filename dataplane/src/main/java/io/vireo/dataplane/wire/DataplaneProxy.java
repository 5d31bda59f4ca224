package io.vireo.dataplane.wire;

import static io.vireo.dataplane.wire.MessageFrame.LENGTH_PREFIX;

import io.vireo.dataplane.wire.sbe.AddClassEncoder;
import io.vireo.dataplane.wire.sbe.AddInterfaceEncoder;
import io.vireo.dataplane.wire.sbe.AddNeighbourEncoder;
import io.vireo.dataplane.wire.sbe.AddPortEncoder;
import io.vireo.dataplane.wire.sbe.AddRouteEncoder;
import io.vireo.dataplane.wire.sbe.AddRouterEncoder;
import io.vireo.dataplane.wire.sbe.AddressFamilyCode;
import io.vireo.dataplane.wire.sbe.BarrierEncoder;
import io.vireo.dataplane.wire.sbe.DumpNeighboursEncoder;
import io.vireo.dataplane.wire.sbe.DumpRoutesEncoder;
import io.vireo.dataplane.wire.sbe.DumpSchedulingEncoder;
import io.vireo.dataplane.wire.sbe.GroupSizeEncodingEncoder;
import io.vireo.dataplane.wire.sbe.InterfaceKindCode;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.sbe.RemoveClassEncoder;
import io.vireo.dataplane.wire.sbe.RemoveInterfaceEncoder;
import io.vireo.dataplane.wire.sbe.RemoveNeighbourEncoder;
import io.vireo.dataplane.wire.sbe.RemovePortEncoder;
import io.vireo.dataplane.wire.sbe.RemoveRouteEncoder;
import io.vireo.dataplane.wire.sbe.RemoveRouterEncoder;
import io.vireo.dataplane.wire.sbe.ResyncBeginEncoder;
import io.vireo.dataplane.wire.sbe.ResyncEndEncoder;
import io.vireo.dataplane.wire.sbe.RouteKindCode;
import io.vireo.dataplane.wire.sbe.SetClassFilterEncoder;
import io.vireo.dataplane.wire.sbe.SetInterfaceStateEncoder;
import io.vireo.dataplane.wire.sbe.SetPortRateEncoder;
import io.vireo.dataplane.wire.sbe.SetQuotaEncoder;
import io.vireo.dataplane.wire.sbe.StartCaptureEncoder;
import io.vireo.dataplane.wire.sbe.StopCaptureEncoder;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The data plane as control sees it: one method per command. The command is carried out later, by the conductor, in the
 * order in which the ring took the commands.
 *
 * <p>Thread-safe. Each method returns true when the command is on its way, and false when the ring stayed full for the
 * time given to the constructor or the thread was interrupted; nothing was sent then. A field out of range is an
 * {@link IllegalArgumentException} that names the field and its range; nothing was sent then either. What the fields
 * mean stands in {@code vireo-wire.xml}.
 *
 * <p>The caller chooses the correlation id, so that it can register whoever waits for the answer before it sends.
 */
public final class DataplaneProxy {
    /** What a frame without its check sequence takes of an Ethernet beside itself: preamble 8, FCS 4, gap 12. */
    public static final int ETHERNET_OVERHEAD_BYTES = 24;

    private final RingBuffer ring;
    private final CommandRules rules;
    private final ClassRules classRules;
    private final Claim claim;

    /** Held while the parts of one filter are sent, so that they follow each other. */
    private final Object filterLock = new Object();

    /**
     * Speaks to the data plane that made a shared memory.
     *
     * @param maxWaitNs how long a method may wait for room in the ring; 0 = not at all
     */
    public DataplaneProxy(SharedMemory memory, long maxWaitNs) {
        this(memory, maxWaitNs, SystemNanoClock.INSTANCE);
    }

    DataplaneProxy(SharedMemory memory, long maxWaitNs, NanoClock clock) {
        ring = memory.commandRing();
        rules = new CommandRules(memory.limits());
        classRules = new ClassRules(memory.limits(), rules);
        claim = new Claim(ring, maxWaitNs, clock);
    }

    /** Returns a correlation id that no other caller of any process gets during this incarnation of the data plane. */
    public long nextCorrelationId() {
        return ring.nextCorrelationId();
    }

    /** Opens and starts a port. Answered by PortState, or by CommandResult when refused. */
    public boolean addPort(
            long correlationId,
            int portId,
            int rxQueues,
            int descriptors,
            int mtu,
            CharSequence name,
            CharSequence devargs) {
        check("AddPort", rules.addPort(portId, rxQueues, descriptors, mtu, name, devargs));
        int length = AddPortEncoder.BLOCK_LENGTH + textLength(name) + textLength(devargs);
        int index = claim.tryClaim(length);
        if (index < 0) {
            return false;
        }
        new AddPortEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .portId(portId)
                .rxQueues(rxQueues)
                .descriptors(descriptors)
                .mtu(mtu)
                .name(name)
                .devargs(devargs);
        return claim.commit(index);
    }

    /** Stops and closes a port. Answered by PortState, or by CommandResult when refused. */
    public boolean removePort(long correlationId, int portId) {
        check("RemovePort", rules.port(portId));
        int index = claim.tryClaim(RemovePortEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemovePortEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .portId(portId);
        return claim.commit(index);
    }

    /** Creates a virtual router, or changes its punt limit. */
    public boolean addRouter(
            long correlationId,
            int routerId,
            long vpnId,
            int puntPacketsPerSecond,
            int puntBurstPackets,
            CharSequence name) {
        check("AddRouter", rules.addRouter(routerId, vpnId, puntPacketsPerSecond, puntBurstPackets, name));
        int index = claim.tryClaim(AddRouterEncoder.BLOCK_LENGTH + textLength(name));
        if (index < 0) {
            return false;
        }
        new AddRouterEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .routerId(routerId)
                .vpnId(vpnId)
                .puntPacketsPerSecond(puntPacketsPerSecond)
                .puntBurstPackets(puntBurstPackets)
                .name(name);
        return claim.commit(index);
    }

    /** Frees a virtual router. */
    public boolean removeRouter(long correlationId, int routerId) {
        check("RemoveRouter", rules.router(routerId));
        int index = claim.tryClaim(RemoveRouterEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemoveRouterEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .routerId(routerId);
        return claim.commit(index);
    }

    /** Creates an interface on a port or a VLAN of it, or changes its MAC address and MTU. */
    public boolean addAccessInterface(
            long correlationId,
            int interfaceId,
            int routerId,
            int portId,
            int vlan,
            long mac,
            int mtu,
            CharSequence name) {
        return addInterface(
                correlationId, interfaceId, routerId, InterfaceKind.ACCESS, portId, vlan, -1, mac, mtu, name);
    }

    /** Creates an end of a link to another router of the node, or changes its MAC address and MTU. */
    public boolean addLinkInterface(
            long correlationId,
            int interfaceId,
            int routerId,
            int peerInterfaceId,
            long mac,
            int mtu,
            CharSequence name) {
        return addInterface(
                correlationId, interfaceId, routerId, InterfaceKind.LINK, 0, 0, peerInterfaceId, mac, mtu, name);
    }

    /** Creates an interface, or changes its MAC address and MTU. */
    public boolean addInterface(
            long correlationId,
            int interfaceId,
            int routerId,
            InterfaceKind kind,
            int portId,
            int vlan,
            int peerInterfaceId,
            long mac,
            int mtu,
            CharSequence name) {
        check(
                "AddInterface",
                rules.addInterface(interfaceId, routerId, kind, portId, vlan, peerInterfaceId, mac, mtu, name));
        int index = claim.tryClaim(AddInterfaceEncoder.BLOCK_LENGTH + textLength(name));
        if (index < 0) {
            return false;
        }
        new AddInterfaceEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .mac(mac)
                .interfaceId(interfaceId)
                .routerId(routerId)
                .peerInterfaceId(peerInterfaceId)
                .portId(portId)
                .vlan(vlan)
                .mtu(mtu)
                .kind(InterfaceKindCode.get((short) kind.code()))
                .name(name);
        return claim.commit(index);
    }

    /** Removes an interface with its neighbours. */
    public boolean removeInterface(long correlationId, int interfaceId) {
        check("RemoveInterface", rules.interfaceId(interfaceId));
        int index = claim.tryClaim(RemoveInterfaceEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemoveInterfaceEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .interfaceId(interfaceId);
        return claim.commit(index);
    }

    /** Opens or closes an interface. */
    public boolean setInterfaceState(long correlationId, int interfaceId, boolean up) {
        check("SetInterfaceState", rules.interfaceId(interfaceId));
        int index = claim.tryClaim(SetInterfaceStateEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new SetInterfaceStateEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .interfaceId(interfaceId)
                .up((short) (up ? 1 : 0));
        return claim.commit(index);
    }

    /** Binds an address on an interface's link to a MAC address. */
    public boolean addNeighbour(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow, long mac) {
        check("AddNeighbour", rules.addNeighbour(interfaceId, family, addressHigh, addressLow, mac));
        int index = claim.tryClaim(AddNeighbourEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new AddNeighbourEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .addressHigh(addressHigh)
                .addressLow(addressLow)
                .mac(mac)
                .interfaceId(interfaceId)
                .family(code(family));
        return claim.commit(index);
    }

    /** Forgets a neighbour. */
    public boolean removeNeighbour(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow) {
        check("RemoveNeighbour", rules.neighbour(interfaceId, family, addressHigh, addressLow));
        int index = claim.tryClaim(RemoveNeighbourEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemoveNeighbourEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .addressHigh(addressHigh)
                .addressLow(addressLow)
                .interfaceId(interfaceId)
                .family(code(family));
        return claim.commit(index);
    }

    /**
     * Inserts or replaces the route of a prefix.
     *
     * @param nextHops 1..8 for a UNICAST route, {@link NextHops#NONE} for any other
     */
    public boolean addRoute(
            long correlationId,
            int routerId,
            AddressFamily family,
            long prefixHigh,
            long prefixLow,
            int prefixLength,
            RouteKind kind,
            NextHops nextHops) {
        check("AddRoute", rules.addRoute(routerId, family, prefixHigh, prefixLow, prefixLength, kind, nextHops));
        int index = claim.tryClaim(AddRouteEncoder.BLOCK_LENGTH
                + GroupSizeEncodingEncoder.ENCODED_LENGTH
                + nextHops.size() * AddRouteEncoder.NextHopsEncoder.sbeBlockLength());
        if (index < 0) {
            return false;
        }
        AddRouteEncoder.NextHopsEncoder hops = new AddRouteEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .prefixHigh(prefixHigh)
                .prefixLow(prefixLow)
                .routerId(routerId)
                .prefixLength((short) prefixLength)
                .family(code(family))
                .kind(RouteKindCode.get((short) kind.code()))
                .nextHopsCount(nextHops.size());
        for (int i = 0; i < nextHops.size(); i++) {
            hops.next()
                    .gatewayHigh(nextHops.gatewayHigh(i))
                    .gatewayLow(nextHops.gatewayLow(i))
                    .interfaceId(nextHops.interfaceId(i))
                    .weight((short) nextHops.weight(i));
        }
        return claim.commit(index);
    }

    /** Removes the route of a prefix. */
    public boolean removeRoute(
            long correlationId, int routerId, AddressFamily family, long prefixHigh, long prefixLow, int prefixLength) {
        check("RemoveRoute", rules.route(routerId, family, prefixHigh, prefixLow, prefixLength));
        int index = claim.tryClaim(RemoveRouteEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemoveRouteEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .prefixHigh(prefixHigh)
                .prefixLow(prefixLow)
                .routerId(routerId)
                .prefixLength((short) prefixLength)
                .family(code(family));
        return claim.commit(index);
    }

    /** Marks everything as old; what is added again until {@link #resyncEnd} stays, without interruption. */
    public boolean resyncBegin(long correlationId, long epoch) {
        check("ResyncBegin", rules.resync(epoch));
        int index = claim.tryClaim(ResyncBeginEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new ResyncBeginEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .epoch(epoch);
        return claim.commit(index);
    }

    /** Removes what is still marked old. Answered by SweepDone. */
    public boolean resyncEnd(long correlationId, long epoch) {
        check("ResyncEnd", rules.resync(epoch));
        int index = claim.tryClaim(ResyncEndEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new ResyncEndEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .epoch(epoch);
        return claim.commit(index);
    }

    /** Asks for all routes of a virtual router. Answered by RouteEntry events, then DumpEnd. */
    public boolean dumpRoutes(long correlationId, int routerId) {
        check("DumpRoutes", rules.router(routerId));
        int index = claim.tryClaim(DumpRoutesEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new DumpRoutesEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .routerId(routerId);
        return claim.commit(index);
    }

    /** Asks for all neighbours of a virtual router. Answered by NeighbourEntry events, then DumpEnd. */
    public boolean dumpNeighbours(long correlationId, int routerId) {
        check("DumpNeighbours", rules.router(routerId));
        int index = claim.tryClaim(DumpNeighboursEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new DumpNeighboursEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .routerId(routerId);
        return claim.commit(index);
    }

    /**
     * Begins to copy frames into the capture rings, or changes the filter.
     *
     * @param captureId 0..15
     * @param interfaceId only frames of this interface; -1 = all
     * @param dropReason only frames dropped for this {@link DropReason} code; -1 = all frames
     * @param snapLength bytes of each frame to copy at most, 1..65535
     * @param packetLimit frames to copy at most
     */
    public boolean startCapture(
            long correlationId, int captureId, int interfaceId, int dropReason, int snapLength, long packetLimit) {
        check("StartCapture", rules.startCapture(captureId, interfaceId, dropReason, snapLength, packetLimit));
        int index = claim.tryClaim(StartCaptureEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new StartCaptureEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .packetLimit(packetLimit)
                .captureId(captureId)
                .interfaceId(interfaceId)
                .dropReason((short) dropReason)
                .snapLength(snapLength);
        return claim.commit(index);
    }

    /** Ends a capture. */
    public boolean stopCapture(long correlationId, int captureId) {
        check("StopCapture", rules.capture(captureId));
        int index = claim.tryClaim(StopCaptureEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new StopCaptureEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .captureId(captureId);
        return claim.commit(index);
    }

    /**
     * Shapes a port.
     *
     * @param rateBitsPerSecond bit/s on the wire; 0 = unshaped
     * @param overheadBytes bytes of wire a frame takes beyond itself; {@link #ETHERNET_OVERHEAD_BYTES} on Ethernet
     */
    public boolean setPortRate(long correlationId, int portId, long rateBitsPerSecond, int overheadBytes) {
        check("SetPortRate", classRules.setPortRate(portId, rateBitsPerSecond, overheadBytes));
        int index = claim.tryClaim(SetPortRateEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new SetPortRateEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .rateBitsPerSecond(rateBitsPerSecond)
                .portId(portId)
                .overheadBytes(overheadBytes);
        return claim.commit(index);
    }

    /**
     * Creates a class, alters it, or moves it with all below it under another parent.
     *
     * @param parentClassId 0 = the port
     * @param interfaceId interface whose packets it is for; -1 = a group of several interfaces' classes
     */
    public boolean addClass(
            long correlationId,
            int classId,
            int parentClassId,
            int portId,
            int interfaceId,
            ClassSpec spec,
            CharSequence name) {
        check("AddClass", classRules.addClass(classId, parentClassId, portId, interfaceId, spec, name));
        int index = claim.tryClaim(AddClassEncoder.BLOCK_LENGTH + textLength(name));
        if (index < 0) {
            return false;
        }
        new AddClassEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .realTimeFirstRate(spec.realTime().firstRateBitsPerSecond())
                .realTimeSpanNs(spec.realTime().firstSpanNs())
                .realTimeSecondRate(spec.realTime().secondRateBitsPerSecond())
                .linkShareFirstRate(spec.linkShare().firstRateBitsPerSecond())
                .linkShareSpanNs(spec.linkShare().firstSpanNs())
                .linkShareSecondRate(spec.linkShare().secondRateBitsPerSecond())
                .upperLimitFirstRate(spec.upperLimit().firstRateBitsPerSecond())
                .upperLimitSpanNs(spec.upperLimit().firstSpanNs())
                .upperLimitSecondRate(spec.upperLimit().secondRateBitsPerSecond())
                .codelTargetNs(spec.codelTargetNs())
                .codelIntervalNs(spec.codelIntervalNs())
                .classId(classId)
                .parentClassId(parentClassId)
                .interfaceId(interfaceId)
                .quotaId(spec.quotaId())
                .queuePackets(spec.queuePackets())
                .queueBytes(spec.queueBytes())
                .portId(portId)
                .name(name);
        return claim.commit(index);
    }

    /** Removes a class; what it has queued still leaves. */
    public boolean removeClass(long correlationId, int classId) {
        check("RemoveClass", classRules.classId(classId));
        int index = claim.tryClaim(RemoveClassEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemoveClassEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .classId(classId);
        return claim.commit(index);
    }

    /**
     * Chooses the class of each packet that leaves by an interface, in one message or several. When false, a part may
     * have been sent: it has no effect, send the whole again.
     *
     * @param defaultClassId class of what the filter does not match; 0 = the interface's own class
     * @param image a compiled filter, at most {@link SharedLayout#MAX_FILTER_LONGS}; empty = none
     */
    public boolean setClassFilter(long correlationId, int interfaceId, int defaultClassId, long[] image) {
        synchronized (filterLock) {
            var chunk = new FilterChunk();
            int first = 0;
            do {
                int count = Math.min(FilterChunk.MAX, image.length - first);
                chunk.set(image, first, count);
                if (!setClassFilter(correlationId, interfaceId, defaultClassId, image.length, first, chunk)) {
                    return false;
                }
                first += count;
            } while (first < image.length);
            return true;
        }
    }

    /** Sends one part of a filter. */
    boolean setClassFilter(
            long correlationId, int interfaceId, int defaultClassId, int totalLongs, int firstLong, FilterChunk chunk) {
        check(
                "SetClassFilter",
                classRules.setClassFilter(interfaceId, defaultClassId, totalLongs, firstLong, chunk.size()));
        int index = claim.tryClaim(SetClassFilterEncoder.BLOCK_LENGTH
                + GroupSizeEncodingEncoder.ENCODED_LENGTH
                + chunk.size() * SetClassFilterEncoder.ImageEncoder.sbeBlockLength());
        if (index < 0) {
            return false;
        }
        SetClassFilterEncoder.ImageEncoder words = new SetClassFilterEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .interfaceId(interfaceId)
                .defaultClassId(defaultClassId)
                .totalLongs(totalLongs)
                .firstLong(firstLong)
                .imageCount(chunk.size());
        for (int i = 0; i < chunk.size(); i++) {
            words.next().word(chunk.word(i));
        }
        return claim.commit(index);
    }

    /**
     * Sets how many packet buffers a VPN's classes may hold in the queues of each port.
     *
     * @param packets 0 = takes the quota away
     * @param bytes of frames
     */
    public boolean setQuota(long correlationId, int quotaId, int packets, long bytes) {
        check("SetQuota", classRules.setQuota(quotaId, packets, bytes));
        int index = claim.tryClaim(SetQuotaEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new SetQuotaEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .bytes(bytes)
                .quotaId(quotaId)
                .packets(packets);
        return claim.commit(index);
    }

    /** Asks for all rates, quotas, classes and filters. Answered by an event for each, then DumpEnd. */
    public boolean dumpScheduling(long correlationId) {
        int index = claim.tryClaim(DumpSchedulingEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new DumpSchedulingEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId);
        return claim.commit(index);
    }

    /** Answered by CommandResult OK when all commands before it are visible to all workers. */
    public boolean barrier(long correlationId) {
        int index = claim.tryClaim(BarrierEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new BarrierEncoder()
                .wrapAndApplyHeader(ring.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId);
        return claim.commit(index);
    }

    private static AddressFamilyCode code(AddressFamily family) {
        return AddressFamilyCode.get((short) family.code());
    }

    private static int textLength(CharSequence text) {
        return LENGTH_PREFIX + text.length();
    }

    private static void check(String command, @Nullable String wrong) {
        if (wrong != null) {
            throw new IllegalArgumentException(command + ": " + wrong);
        }
    }
}
