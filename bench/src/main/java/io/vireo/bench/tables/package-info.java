/**
 * How fast the forwarding tables are, and how large: {@code vireo bench tables} beside DPDK's {@code rte_fib}, {@code rte_lpm}
 * and their IPv6 forms in the same process, and JMH cases by themselves.
 *
 * <p>All tables get the same routes in the same order and look up the same addresses. The sum of the next hops found must be
 * the same for all of them in every round; else no figure is printed.
 */
@NullMarked
package io.vireo.bench.tables;

import org.jspecify.annotations.NullMarked;
