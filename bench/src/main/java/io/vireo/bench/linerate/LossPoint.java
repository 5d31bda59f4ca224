package io.vireo.bench.linerate;

/**
 * A point of the frame loss curve.
 *
 * @param loadFramesPerSecond the load that was offered
 * @param lossRatio the share of it that did not come back
 */
record LossPoint(double loadFramesPerSecond, double lossRatio) {}
