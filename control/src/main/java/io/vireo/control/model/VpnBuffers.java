package io.vireo.control.model;

/**
 * How much a VPN's classes may have queued together at each port.
 *
 * @param packets 1 to {@link Limits#MAX_QUEUE_PACKETS}.
 * @param bytes   of frames, 1 to {@link Limits#MAX_BUFFER_BYTES}.
 */
public record VpnBuffers(int packets, long bytes) {}
