package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MempoolConfigTest {
    @Test
    void shouldGiveASmallPoolASmallCache() {
        assertThat(new MempoolConfig().mbufs(30).cacheMbufs(256).cacheMbufs()).isEqualTo(20);
    }

    @Test
    void shouldCountBuffersHeadersRingAndCachesIntoItsMemory() {
        long buffersBytes = 8191L * (2176 + Mbuf.SIZE_BYTES);
        long maxBytes = new MempoolConfig().maxBytes();
        assertThat(maxBytes).isGreaterThan(buffersBytes + 8191L * Long.BYTES);
        assertThat(new MempoolConfig().privateBytes(64).maxBytes() - maxBytes).isEqualTo(8191L * 64);
    }
}
