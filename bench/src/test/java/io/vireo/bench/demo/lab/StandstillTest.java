package io.vireo.bench.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.demo.lab.Standstill.Reading;
import org.junit.jupiter.api.Test;

class StandstillTest {
    private static final long MS = 1_000_000;

    private final Standstill standstill = new Standstill(20 * MS);

    @Test
    void shouldCountWhatASleepWasLateWithoutAWaitForACpu() {
        assertThat(sleep(70 * MS, 0, 0)).isEqualTo(50 * MS);
        assertThat(sleep(30 * MS, MS, 0)).isEqualTo(9 * MS);
    }

    @Test
    void shouldCountNoWaitOnARunQueueAndNoGarbageCollectionAsStandstill() {
        assertThat(sleep(70 * MS, 50 * MS, 0)).isZero();
        assertThat(sleep(70 * MS, 0, 50 * MS)).isZero();
        assertThat(sleep(70 * MS, 30 * MS, 17 * MS)).isZero();
    }

    @Test
    void shouldCountNoUsualLateness() {
        assertThat(sleep(20 * MS, 0, 0)).isZero();
        assertThat(sleep(23 * MS, 0, 0)).isZero();
    }

    @Test
    void shouldReadTheClocksOfTheCallingThread() throws Exception {
        Reading before = Reading.now();
        Reading after = Reading.now();
        assertThat(after.timeNs()).isGreaterThan(before.timeNs());
        assertThat(after.waitNs()).isGreaterThanOrEqualTo(before.waitNs());
    }

    private long sleep(long lastedNs, long waitNs, long collectionNs) {
        standstill.begin(new Reading(7 * MS, 3 * MS, 2 * MS));
        return standstill.end(new Reading(7 * MS + lastedNs, 3 * MS + waitNs, 2 * MS + collectionNs));
    }
}
