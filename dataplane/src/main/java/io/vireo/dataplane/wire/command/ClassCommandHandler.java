package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.FilterChunk;

/** Carries out the commands about how ports are scheduled; see {@link CommandHandlers} for what all have in common. */
public interface ClassCommandHandler {
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
}
