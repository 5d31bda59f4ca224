package io.vireo.bench.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.EalExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Both schedulers take the benchmark's load through the harness that would notice a fault. */
@ExtendWith(EalExtension.class)
class ContendersTest {
    private static final Load LOAD = new Load(10, Load.UNLIMITED_RATE);
    private static final long MEASURED_NS = 20_000_000;

    @Test
    void shouldGiveEveryPacketBackInOrder() {
        try (Packets packets = new Packets(LOAD);
                PacketScheduler hfsc = HfscContender.unshaped(LOAD);
                PacketScheduler rte = new RteSchedContender(LOAD, RteSchedTree.unshaped(LOAD), packets.scratch())) {
            for (int round = 0; round < 2; round++) {
                assertThat(SpeedRound.packetsPerSecond("vireo", hfsc, LOAD, packets, MEASURED_NS))
                        .isPositive();
                assertThat(SpeedRound.packetsPerSecond("rte_sched", rte, LOAD, packets, MEASURED_NS))
                        .isPositive();
            }
        }
    }
}
