package io.vireo.control.view;

/**
 * A service curve of two straight pieces, on the wire (with the port's overhead per frame).
 *
 * @param firstRateBitsPerSecond  m1: slope of the first piece.
 * @param firstSpanNs             d: how long it holds after the class became backlogged; 0 for a straight curve.
 * @param secondRateBitsPerSecond m2: slope ever after.
 */
public record CurveStatus(long firstRateBitsPerSecond, long firstSpanNs, long secondRateBitsPerSecond) {}
