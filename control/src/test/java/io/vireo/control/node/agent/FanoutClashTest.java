package io.vireo.control.node.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FanoutClashTest {
    private static final long BEGAN_NS = -7_000_000_000L;

    private final FanoutClash clash = new FanoutClash();

    @Test
    void shouldKnowTheRefusalByTheNameOfTheOption() {
        assertThat(FanoutClash.isCauseOf("eth_vireo: could not set PACKET_FANOUT on AF_PACKET socket"))
                .isTrue();
        assertThat(FanoutClash.isCauseOf("no such device")).isFalse();
    }

    @Test
    void shouldEndADataPlaneThatIsBeginning() {
        assertThat(clash.isToEnd(BEGAN_NS)).isTrue();
        clash.onOpened(BEGAN_NS);
        clash.onOpened(BEGAN_NS + FanoutClash.BEGINNING_NS - 1);
        assertThat(clash.isToEnd(BEGAN_NS + FanoutClash.BEGINNING_NS - 1)).isTrue();
    }

    @Test
    void shouldLeaveOneAloneThatForwards() {
        clash.onOpened(BEGAN_NS);
        assertThat(clash.isToEnd(BEGAN_NS + FanoutClash.BEGINNING_NS)).isFalse();
        clash.onLost();
        assertThat(clash.isToEnd(BEGAN_NS + FanoutClash.BEGINNING_NS)).isTrue();
    }

    @Test
    void shouldNotEndThemForEver() {
        for (int ended = 0; ended < ReopenBudget.BURST; ended++) {
            assertThat(clash.isToEnd(BEGAN_NS)).isTrue();
        }
        assertThat(clash.isToEnd(BEGAN_NS)).isFalse();
        assertThat(clash.isToEnd(BEGAN_NS + ReopenBudget.INTERVAL_NS)).isTrue();
    }
}
