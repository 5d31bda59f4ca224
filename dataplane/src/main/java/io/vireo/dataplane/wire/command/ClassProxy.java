package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.ring.Claim;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.AddClassEncoder;
import io.vireo.dataplane.wire.sbe.DumpSchedulingEncoder;
import io.vireo.dataplane.wire.sbe.GroupSizeEncodingEncoder;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.sbe.RemoveClassEncoder;
import io.vireo.dataplane.wire.sbe.SetClassFilterEncoder;
import io.vireo.dataplane.wire.sbe.SetPortRateEncoder;
import io.vireo.dataplane.wire.sbe.SetQuotaEncoder;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.FilterChunk;

/**
 * Commands about how ports are scheduled: rates, classes, filters and quotas. Part of {@link DataplaneProxy}, which says
 * what the methods have in common.
 */
public final class ClassProxy {
    /** What a frame without its check sequence takes of an Ethernet beside itself: preamble 8, FCS 4, gap 12. */
    public static final int ETHERNET_OVERHEAD_BYTES = 24;

    private final Claim claim;
    private final ClassRules rules;

    /** Held while the parts of one filter are sent, so that they follow each other. */
    private final Object filterLock = new Object();

    ClassProxy(Claim claim, ClassRules rules) {
        this.claim = claim;
        this.rules = rules;
    }

    /**
     * Shapes a port.
     *
     * @param rateBitsPerSecond bit/s on the wire; 0 = unshaped
     * @param overheadBytes bytes of wire a frame takes beyond itself; {@link #ETHERNET_OVERHEAD_BYTES} on Ethernet
     */
    public boolean setPortRate(long correlationId, int portId, long rateBitsPerSecond, int overheadBytes) {
        CommandRules.require("SetPortRate", rules.setPortRate(portId, rateBitsPerSecond, overheadBytes));
        int index = claim.tryClaim(SetPortRateEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new SetPortRateEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
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
        CommandRules.require("AddClass", rules.addClass(classId, parentClassId, portId, interfaceId, spec, name));
        int index = claim.tryClaim(AddClassEncoder.BLOCK_LENGTH + MessageFrame.textLength(name));
        if (index < 0) {
            return false;
        }
        new AddClassEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
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
        CommandRules.require("RemoveClass", rules.classId(classId));
        int index = claim.tryClaim(RemoveClassEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemoveClassEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
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
            return FilterChunk.sendInParts(
                    image,
                    (first, chunk) ->
                            setClassFilter(correlationId, interfaceId, defaultClassId, image.length, first, chunk));
        }
    }

    /** Sends one part of a filter. */
    public boolean setClassFilter(
            long correlationId, int interfaceId, int defaultClassId, int totalLongs, int firstLong, FilterChunk chunk) {
        CommandRules.require(
                "SetClassFilter",
                rules.setClassFilter(interfaceId, defaultClassId, totalLongs, firstLong, chunk.size()));
        int index = claim.tryClaim(SetClassFilterEncoder.BLOCK_LENGTH
                + GroupSizeEncodingEncoder.ENCODED_LENGTH
                + chunk.size() * SetClassFilterEncoder.ImageEncoder.sbeBlockLength());
        if (index < 0) {
            return false;
        }
        SetClassFilterEncoder.ImageEncoder words = new SetClassFilterEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
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
        CommandRules.require("SetQuota", rules.setQuota(quotaId, packets, bytes));
        int index = claim.tryClaim(SetQuotaEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new SetQuotaEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
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
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId);
        return claim.commit(index);
    }
}
