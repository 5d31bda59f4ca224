/**
 * The tables that workers read and the conductor keeps, beside the ones for routes, whose cases are in {@code
 * io.vireo.bench.tables}.
 */
@NullMarked
package io.vireo.bench.micro.table;

import org.jspecify.annotations.NullMarked;
