/**
 * What every benchmark has in common: figures with their samples, and the ways to show them.
 *
 * <p>A {@link io.vireo.bench.report.Measurement} is one figure of Vireo's, beside a peer's of the same run where there is
 * one. A {@link io.vireo.bench.report.Report} of them is printed, written as JSON lines, drawn as one HTML page without
 * outside resources, and compared with an older one.
 */
@NullMarked
package io.vireo.bench.report;

import org.jspecify.annotations.NullMarked;
