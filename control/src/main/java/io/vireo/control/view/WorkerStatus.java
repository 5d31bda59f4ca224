package io.vireo.control.view;

/**
 * A forwarding thread.
 *
 * @param worker         its number, from 0.
 * @param heartbeatAgeMs how long ago it was last seen alive, in milliseconds.
 * @param dutyCycles     turns of its loop since it started.
 * @param busyCycles     those that found something to do.
 */
public record WorkerStatus(int worker, long heartbeatAgeMs, long dutyCycles, long busyCycles) {}
