/**
 * How fast and how exact the H-FSC scheduler is: {@code vireo bench schedule} beside DPDK's {@code rte_sched} with the same
 * mbufs on the same core, and JMH cases by itself.
 *
 * <p>The load is a closed loop. Every packet that a scheduler hands out comes back, in a class of a VPN picked at random, so
 * that the port stays backlogged while classes run empty and wake, none overflows, and the order of arrivals says nothing
 * about the dequeue order.
 */
@NullMarked
package io.vireo.bench.schedule;

import org.jspecify.annotations.NullMarked;
