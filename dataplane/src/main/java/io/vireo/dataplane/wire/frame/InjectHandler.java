package io.vireo.dataplane.wire.frame;

import io.vireo.dataplane.wire.layout.FrameLimits;

/**
 * Receives frames from control: one worker. A frame lies at a raw address in the ring, valid during the call only: copy
 * it into a packet buffer. Ids and lengths have been checked.
 */
public interface InjectHandler {
    /**
     * A frame to send.
     *
     * @param interfaceId by which to send it
     * @param frameAddress where its Ethernet header lies
     * @param frameLength {@link FrameLimits#MIN_BYTES}..{@link FrameLimits#MAX_BYTES}
     */
    void onInject(int interfaceId, long frameAddress, int frameLength);

    /**
     * A frame to trace.
     *
     * @param correlationId copied into the steps
     * @param interfaceId on which it pretends to arrive
     * @param frameAddress where its Ethernet header lies
     * @param frameLength {@link FrameLimits#MIN_BYTES}..{@link FrameLimits#MAX_BYTES}
     */
    void onTrace(long correlationId, int interfaceId, long frameAddress, int frameLength);
}
