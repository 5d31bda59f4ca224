package io.vireo.bench.schedule;

import io.vireo.dpdk.ffi.Dpdk;
import io.vireo.dpdk.ffi.rte_sched_pipe_params;
import io.vireo.dpdk.ffi.rte_sched_port_params;
import io.vireo.dpdk.ffi.rte_sched_subport_params;
import io.vireo.dpdk.ffi.rte_sched_subport_profile_params;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Builds rte_sched's fixed hierarchy: one subport, a pipe for each VPN, and of each pipe's 16 queues ten, the six strict
 * priorities 0 to 5 and the four weighted ones of best effort. The queues that are not used get no memory.
 */
final class RteSchedTree {
    static final int STRICT_QUEUES = 6;
    static final int BEST_EFFORT = Dpdk.RTE_SCHED_TRAFFIC_CLASSES_PER_PIPE() - 1;

    private static final int SUBPORT = 0;
    private static final int PROFILE = 0;
    private static final short QUEUE_PACKETS = 64;
    private static final int MTU = 1522;
    private static final long PERIOD_MS = 10;
    private static final long MIN_BUCKET_BYTES = 16L * MTU;

    /** What a late poll may catch up with, as much as Vireo's scheduler allows. */
    private static final long SLACK_PER_SECOND = 1000;

    /** The device's rate is never enforced, only counted on: each byte sent moves the scheduler's time on. It must be well above the subport's. */
    private static final int DEVICE_RATES_PER_LINK_RATE = 10;

    private final Load load;
    private final long pipeRate;
    private final Arena arena;

    /** @param pipeRate bit/s of each pipe: its part of the link, or the link's whole rate */
    private RteSchedTree(Load load, long pipeRate, Arena arena) {
        this.load = load;
        this.pipeRate = pipeRate;
        this.arena = arena;
    }

    /** A subport whose pipes may each use all of it. */
    static MemorySegment unshaped(Load load) {
        return build(load, load.linkRate());
    }

    /** A subport held to the link's rate, its pipes to equal parts of that. */
    static MemorySegment shaped(Load load) {
        return build(load, load.linkRate() / load.vpns());
    }

    private static MemorySegment build(Load load, long pipeRate) {
        try (Arena arena = Arena.ofConfined()) {
            return new RteSchedTree(load, pipeRate, arena).port();
        }
    }

    private MemorySegment port() {
        MemorySegment port = Dpdk.rte_sched_port_config(portParameters());
        if (port.equals(MemorySegment.NULL)) {
            throw new IllegalStateException("rte_sched_port_config refused");
        }
        require(Dpdk.rte_sched_subport_config(port, SUBPORT, subportParameters(), PROFILE), "subport");
        for (int pipe = 0; pipe < load.vpns(); pipe++) {
            require(Dpdk.rte_sched_pipe_config(port, SUBPORT, pipe, PROFILE), "pipe");
        }
        return port;
    }

    private static void require(int status, String what) {
        if (status != 0) {
            throw new IllegalStateException("rte_sched refused its " + what + ": " + status);
        }
    }

    private MemorySegment portParameters() {
        MemorySegment parameters = arena.allocate(rte_sched_port_params.layout());
        rte_sched_port_params.name(parameters, arena.allocateFrom("bench"));
        rte_sched_port_params.rate(parameters, DEVICE_RATES_PER_LINK_RATE * load.linkRate() / Byte.SIZE);
        rte_sched_port_params.mtu(parameters, MTU);
        rte_sched_port_params.frame_overhead(parameters, Load.WIRE_BYTES - Load.FRAME_BYTES);
        rte_sched_port_params.n_subports_per_port(parameters, 1);
        rte_sched_port_params.subport_profiles(parameters, subportProfile());
        rte_sched_port_params.n_subport_profiles(parameters, 1);
        rte_sched_port_params.n_max_subport_profiles(parameters, 1);
        rte_sched_port_params.n_pipes_per_subport(parameters, pipes());
        return parameters;
    }

    /** It wants a power of two. */
    private int pipes() {
        int highest = Integer.highestOneBit(load.vpns());
        return highest == load.vpns() ? highest : highest << 1;
    }

    private MemorySegment subportProfile() {
        MemorySegment profile = arena.allocate(rte_sched_subport_profile_params.layout());
        rte_sched_subport_profile_params.tb_rate(profile, load.linkRate() / Byte.SIZE);
        rte_sched_subport_profile_params.tb_size(profile, bucketBytes(load.linkRate()));
        rte_sched_subport_profile_params.tc_period(profile, PERIOD_MS);
        for (int trafficClass = 0; trafficClass <= BEST_EFFORT; trafficClass++) {
            rte_sched_subport_profile_params.tc_rate(profile, trafficClass, load.linkRate() / Byte.SIZE);
        }
        return profile;
    }

    private static long bucketBytes(long rate) {
        return Math.max(MIN_BUCKET_BYTES, rate / Byte.SIZE / SLACK_PER_SECOND);
    }

    private MemorySegment subportParameters() {
        MemorySegment parameters = arena.allocate(rte_sched_subport_params.layout());
        rte_sched_subport_params.n_pipes_per_subport_enabled(parameters, pipes());
        rte_sched_subport_params.pipe_profiles(parameters, pipeProfile());
        rte_sched_subport_params.n_pipe_profiles(parameters, 1);
        rte_sched_subport_params.n_max_pipe_profiles(parameters, 1);
        for (int strict = 0; strict < STRICT_QUEUES; strict++) {
            rte_sched_subport_params.qsize(parameters, strict, QUEUE_PACKETS);
        }
        rte_sched_subport_params.qsize(parameters, BEST_EFFORT, QUEUE_PACKETS);
        return parameters;
    }

    private MemorySegment pipeProfile() {
        MemorySegment profile = arena.allocate(rte_sched_pipe_params.layout());
        rte_sched_pipe_params.tb_rate(profile, pipeRate / Byte.SIZE);
        rte_sched_pipe_params.tb_size(profile, bucketBytes(pipeRate));
        rte_sched_pipe_params.tc_period(profile, PERIOD_MS);
        rte_sched_pipe_params.tc_ov_weight(profile, (byte) 1);
        for (int strict = 0; strict < STRICT_QUEUES; strict++) {
            rte_sched_pipe_params.tc_rate(profile, strict, pipeRate / Byte.SIZE);
        }
        rte_sched_pipe_params.tc_rate(profile, BEST_EFFORT, pipeRate / Byte.SIZE);
        for (int queue = 0; queue < Dpdk.RTE_SCHED_BE_QUEUES_PER_PIPE(); queue++) {
            rte_sched_pipe_params.wrr_weights(profile, queue, (byte) 1);
        }
        return profile;
    }
}
