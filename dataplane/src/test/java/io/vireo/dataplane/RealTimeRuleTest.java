package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RealTimeRuleTest {
    @Test
    void shouldLetSleepingWorkersRunFirstWhereACpuIsLeft() {
        assertThat(new RealTimeRule(IdleChoice.ADAPTIVE, 1, 2, 950_000).obstacle())
                .isEmpty();
        assertThat(new RealTimeRule(IdleChoice.BACKOFF, 3, 4, 950_000).obstacle())
                .isEmpty();
    }

    @Test
    void shouldNotWhereNothingWouldBeLeftToOthers() {
        assertThat(new RealTimeRule(IdleChoice.BACKOFF, 2, 2, 950_000).obstacle())
                .hasValue("of 2 CPUs 2 workers would leave none to other threads");
        assertThat(new RealTimeRule(IdleChoice.BACKOFF, 1, 2, -1).obstacle())
                .hasValue("kernel.sched_rt_runtime_us=-1 keeps no time for other threads");
    }

    @Test
    void shouldNotWhenWorkersNeverSleep() {
        assertThat(new RealTimeRule(IdleChoice.BUSY_SPIN, 1, 2, 950_000).obstacle())
                .hasValue("vireo.idle=busy-spin never sleeps");
        assertThat(new RealTimeRule(IdleChoice.YIELD, 1, 2, 950_000).obstacle())
                .hasValue("vireo.idle=yield never sleeps");
    }
}
