package io.vireo.control.view;

/**
 * A forwarding thread.
 *
 * @param worker         its number, from 0.
 * @param heartbeatAgeMs time since its last heartbeat, in milliseconds.
 * @param dutyCycles     iterations of its loop since it started.
 * @param busyCycles     those that found work.
 */
public record WorkerStatus(int worker, long heartbeatAgeMs, long dutyCycles, long busyCycles) {}
