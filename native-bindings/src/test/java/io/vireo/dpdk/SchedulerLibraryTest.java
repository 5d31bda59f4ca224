package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dpdk.ffi.Dpdk;
import io.vireo.dpdk.ffi.rte_sched_pipe_params;
import io.vireo.dpdk.ffi.rte_sched_port_params;
import io.vireo.dpdk.ffi.rte_sched_subport_params;
import io.vireo.dpdk.ffi.rte_sched_subport_profile_params;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** DPDK's own scheduler works through the generated bindings, as the benchmark that compares with it needs. */
@ExtendWith(RunningEal.class)
class SchedulerLibraryTest {
    private static final long RATE_BYTES_PER_SECOND = 1_250_000_000L;
    private static final long BUCKET_BYTES = 1_000_000;
    private static final long PERIOD_MS = 40;
    private static final int TRAFFIC_CLASSES = Dpdk.RTE_SCHED_TRAFFIC_CLASSES_PER_PIPE();
    private static final int BEST_EFFORT = TRAFFIC_CLASSES - 1;

    private final Arena arena = Arena.ofAuto();

    @Test
    void shouldGiveBackThePacketsItWasGivenInOrder() {
        MemorySegment scheduler = scheduler();
        try (Mempool pool =
                Mempool.create("sched-test", new MempoolConfig().mbufs(63).cacheMbufs(0))) {
            MbufArray packets = MbufArray.allocate(8);
            MbufArray scheduled = MbufArray.allocate(8);
            pool.allocate(packets, 0, 8);
            for (int i = 0; i < 8; i++) {
                Mbuf.append(packets.get(i), 64);
                Dpdk.rte_sched_port_pkt_write(
                        scheduler, MemorySegment.ofAddress(packets.get(i)), 0, 0, BEST_EFFORT, 0, 0);
            }

            assertThat(Dpdk.rte_sched_port_enqueue(scheduler, MemorySegment.ofAddress(packets.address()), 8))
                    .isEqualTo(8);
            assertThat(Dpdk.rte_sched_port_dequeue(scheduler, MemorySegment.ofAddress(scheduled.address()), 8))
                    .isEqualTo(8);

            for (int i = 0; i < 8; i++) {
                assertThat(scheduled.get(i)).isEqualTo(packets.get(i));
            }
            Mempool.free(scheduled, 0, 8);
            assertThat(pool.inUseCount()).isZero();
        } finally {
            Dpdk.rte_sched_port_free(scheduler);
        }
    }

    /** One subport of one pipe, everything at full rate. */
    private MemorySegment scheduler() {
        MemorySegment port = Dpdk.rte_sched_port_config(portParameters());
        assertThat(port.address()).isNotZero();
        assertThat(Dpdk.rte_sched_subport_config(port, 0, subportParameters(), 0))
                .isZero();
        assertThat(Dpdk.rte_sched_pipe_config(port, 0, 0, 0)).isZero();
        return port;
    }

    private MemorySegment portParameters() {
        MemorySegment parameters = arena.allocate(rte_sched_port_params.layout());
        rte_sched_port_params.name(parameters, arena.allocateFrom("sched"));
        rte_sched_port_params.rate(parameters, RATE_BYTES_PER_SECOND);
        rte_sched_port_params.mtu(parameters, 1522);
        rte_sched_port_params.frame_overhead(parameters, Dpdk.RTE_SCHED_FRAME_OVERHEAD_DEFAULT());
        rte_sched_port_params.n_subports_per_port(parameters, 1);
        rte_sched_port_params.subport_profiles(parameters, subportProfile());
        rte_sched_port_params.n_subport_profiles(parameters, 1);
        rte_sched_port_params.n_max_subport_profiles(parameters, 1);
        rte_sched_port_params.n_pipes_per_subport(parameters, 1);
        return parameters;
    }

    private MemorySegment subportProfile() {
        MemorySegment profile = arena.allocate(rte_sched_subport_profile_params.layout());
        rte_sched_subport_profile_params.tb_rate(profile, RATE_BYTES_PER_SECOND);
        rte_sched_subport_profile_params.tb_size(profile, BUCKET_BYTES);
        rte_sched_subport_profile_params.tc_period(profile, PERIOD_MS);
        for (int trafficClass = 0; trafficClass < TRAFFIC_CLASSES; trafficClass++) {
            rte_sched_subport_profile_params.tc_rate(profile, trafficClass, RATE_BYTES_PER_SECOND);
        }
        return profile;
    }

    private MemorySegment subportParameters() {
        MemorySegment parameters = arena.allocate(rte_sched_subport_params.layout());
        rte_sched_subport_params.n_pipes_per_subport_enabled(parameters, 1);
        rte_sched_subport_params.pipe_profiles(parameters, pipeProfile());
        rte_sched_subport_params.n_pipe_profiles(parameters, 1);
        rte_sched_subport_params.n_max_pipe_profiles(parameters, 1);
        for (int trafficClass = 0; trafficClass < TRAFFIC_CLASSES; trafficClass++) {
            rte_sched_subport_params.qsize(parameters, trafficClass, (short) 64);
        }
        return parameters;
    }

    private MemorySegment pipeProfile() {
        MemorySegment profile = arena.allocate(rte_sched_pipe_params.layout());
        rte_sched_pipe_params.tb_rate(profile, RATE_BYTES_PER_SECOND);
        rte_sched_pipe_params.tb_size(profile, BUCKET_BYTES);
        rte_sched_pipe_params.tc_period(profile, PERIOD_MS);
        rte_sched_pipe_params.tc_ov_weight(profile, (byte) 1);
        for (int trafficClass = 0; trafficClass < TRAFFIC_CLASSES; trafficClass++) {
            rte_sched_pipe_params.tc_rate(profile, trafficClass, RATE_BYTES_PER_SECOND);
        }
        for (int queue = 0; queue < Dpdk.RTE_SCHED_BE_QUEUES_PER_PIPE(); queue++) {
            rte_sched_pipe_params.wrr_weights(profile, queue, (byte) 1);
        }
        return profile;
    }
}
