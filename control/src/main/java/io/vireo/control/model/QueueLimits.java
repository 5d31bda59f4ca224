package io.vireo.control.model;

/**
 * How much a class may have queued.
 *
 * @param packets 1 to {@link Limits#MAX_QUEUE_PACKETS}.
 * @param bytes   of frames, 1 to {@link Limits#MAX_QUEUE_BYTES}.
 */
public record QueueLimits(int packets, int bytes) {

    /**
     * What a class has that says nothing of its own. Where its VPN has buffers of its own, it is fewer packets if need be,
     * so that the queues of the VPN cannot use them up.
     */
    public static final QueueLimits DEFAULT = new QueueLimits(Limits.DEFAULT_QUEUE_PACKETS, Limits.DEFAULT_QUEUE_BYTES);
}
