package io.vireo.dataplane.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuiescentStateTest {
    private final QuiescentState quiescent = new QuiescentState(2);

    @Test
    void shouldWaitUntilEveryWorkerHasAnnouncedALaterEpoch() {
        quiescent.online(0);
        quiescent.online(1);
        long tag = quiescent.retireEpoch();
        quiescent.announce(0);
        quiescent.announce(1);
        assertThat(quiescent.hasPassed(tag))
                .as("announced before the epoch was over")
                .isFalse();
        quiescent.advance();
        quiescent.announce(0);
        assertThat(quiescent.hasPassed(tag)).as("worker 1 may still read").isFalse();
        quiescent.announce(1);
        assertThat(quiescent.hasPassed(tag)).isTrue();
        assertThat(quiescent.hasPassed(quiescent.retireEpoch())).isFalse();
    }

    @Test
    void shouldNotWaitForWorkersThatAreOffline() {
        quiescent.online(0);
        long tag = quiescent.retireEpoch();
        quiescent.advance();
        assertThat(quiescent.hasPassed(tag)).isFalse();
        quiescent.offline(0);
        assertThat(quiescent.hasPassed(tag)).isTrue();
    }

    @Test
    void shouldWaitForAWorkerThatComesOnlineBeforeTheEpochIsOver() {
        long tag = quiescent.retireEpoch();
        quiescent.online(0);
        quiescent.advance();
        assertThat(quiescent.hasPassed(tag)).isFalse();
    }

    @Test
    void shouldFreeAtTheNextEpochWithoutWorkers() {
        try (QuiescentState alone = new QuiescentState(0)) {
            long tag = alone.retireEpoch();
            assertThat(alone.hasPassed(tag)).isFalse();
            alone.advance();
            assertThat(alone.hasPassed(tag)).isTrue();
        }
    }

    @Test
    void shouldLeaveTheEpochAloneWhileNothingWasTagged() {
        quiescent.retireEpoch();
        long epoch = quiescent.advance();
        assertThat(quiescent.advance()).isEqualTo(epoch);
        long tag = quiescent.retireEpoch();
        assertThat(tag).isEqualTo(epoch);
        assertThat(quiescent.advance()).isGreaterThan(tag);
    }
}
