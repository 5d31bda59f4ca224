/**
 * {@code vireo bench scale}: how cost grows with routes, virtual routers, classes and frame length. Each curve changes one of them
 * and nothing else that costs: its packets are equally many and as far apart at every point.
 *
 * <p>{@code ForwardCurve} runs the real data plane process as {@code bench forward} does, decodes what it sends and counts at both
 * ends. What such a process cannot be programmed with in a moment, lookups in many tables and a scheduler with very many classes, {@code
 * ScaleMain} measures by itself in a JVM with the data plane's flags.
 */
@NullMarked
package io.vireo.bench.scale;

import org.jspecify.annotations.NullMarked;
