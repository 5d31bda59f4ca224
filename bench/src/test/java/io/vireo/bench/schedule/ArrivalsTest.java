package io.vireo.bench.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final int VPNS = 100;

    /** rte_sched's queues hold 64 packets: a VPN that had more in one could lose one, for no fault of the scheduler's. */
    @Test
    void shouldNeverGiveAVpnMorePacketsThanAQueueHolds() {
        Arrivals arrivals = new Arrivals(VPNS);
        int[] inside = new int[VPNS];
        int[] maxPackets = new int[VPNS];
        java.util.Arrays.fill(inside, 40);
        for (int i = 0; i < 1_000_000; i++) {
            int left = i % VPNS;
            if (inside[left] > 0) {
                inside[left]--;
                int vpn = Load.vpnOf(arrivals.after(left * Load.CLASSES_PER_VPN));
                inside[vpn]++;
                maxPackets[vpn] = Math.max(maxPackets[vpn], inside[vpn]);
            }
        }
        assertThat(java.util.Arrays.stream(maxPackets).max().orElseThrow()).isBetween(41, 64);
        assertThat(java.util.Arrays.stream(inside).sum()).isEqualTo(40 * VPNS);
    }

    @Test
    void shouldReachEveryLeafAboutEquallyOften() {
        Arrivals arrivals = new Arrivals(VPNS);
        int[] hits = new int[VPNS * Load.CLASSES_PER_VPN];
        int leaf = 0;
        for (int i = 0; i < 1_000_000; i++) {
            leaf = arrivals.after(leaf);
            hits[leaf]++;
        }
        assertThat(java.util.Arrays.stream(hits).min().orElseThrow()).isGreaterThan(200);
        assertThat(java.util.Arrays.stream(hits).max().orElseThrow()).isLessThan(5_000);
    }
}
