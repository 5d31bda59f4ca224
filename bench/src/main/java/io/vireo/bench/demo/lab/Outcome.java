package io.vireo.bench.demo.lab;

/**
 * What a check measured.
 *
 * @param passed whether the measurement is what the claim demands
 * @param measured the measurement, with units
 */
public record Outcome(boolean passed, String measured) {}
