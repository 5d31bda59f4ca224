package io.vireo.bench.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatagramArrivalsTest {
    private final DatagramArrivals arrivals = new DatagramArrivals();

    @Test
    void shouldReportEverythingLostWhenNothingArrives() {
        assertThat(arrivals.report(7)).isEqualTo(new NumberedStream.Report(7, 0, 0, 0));
        assertThat(arrivals.report(7).lost()).isEqualTo(7);
    }

    @Test
    void shouldMeasureTheLongestSilenceBetweenTwoArrivals() {
        arrivals.onArrival(0, -50);
        arrivals.onArrival(1, -40);
        arrivals.onArrival(90, 60);
        arrivals.onArrival(91, 65);
        assertThat(arrivals.report(92)).isEqualTo(new NumberedStream.Report(92, 4, 0, 100));
    }

    @Test
    void shouldCountAReorderedDatagramAsArrivedAndASecondCopyAsDuplicate() {
        arrivals.onArrival(1, 10);
        arrivals.onArrival(0, 11);
        arrivals.onArrival(1, 12);
        assertThat(arrivals.report(2)).isEqualTo(new NumberedStream.Report(2, 2, 1, 1));
        assertThat(arrivals.report(2).lost()).isZero();
    }
}
