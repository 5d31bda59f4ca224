package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.SimulatedLink.rate;
import static io.vireo.dataplane.schedule.SimulatedLink.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.vireo.dataplane.schedule.policy.ServiceCurve;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The examples of tc-hfsc(7) and of the paper on virtual network service (Lim, Gao, Ng, Chandra, Steenkiste, Zhang). */
class KnownTreesTest {
    private static final long MEGABIT = 1_000_000;
    private static final long MILLISECOND = 1_000_000;
    private static final Percentage CLOSE = withPercentage(1);
    private static final int A = 1;
    private static final int B = 2;
    private static final int C = 3;

    /** tc-hfsc(7), "realtime criterion": 2 Mb/s for 100 ms then 7, against 7 for 100 ms then 2, on 10 Mb/s. */
    @Test
    void shouldKeepConvexAndConcaveGuaranteesTogether() {
        SimulatedLink line = new SimulatedLink(10 * MEGABIT)
                .add(A, 0, settings().realTime(new ServiceCurve(2 * MEGABIT, 100 * MILLISECOND, 7 * MEGABIT)))
                .add(B, 0, settings().realTime(new ServiceCurve(7 * MEGABIT, 100 * MILLISECOND, 2 * MEGABIT)))
                .flood(A, 500)
                .runMs(1_000);
        assertThat(line.rateOf(A, 1_000)).isCloseTo(7 * MEGABIT, CLOSE); // 2 Mb/s at first were enough, but E is ahead
        line.flood(B, 500).runMs(100);
        assertThat(line.sent(B) * 8).isGreaterThanOrEqualTo(700_000 - 2 * 500 * 8);
        assertThat(line.rateOf(A, 100)).isCloseTo(3 * MEGABIT, withPercentage(5));
        line.runMs(1_000);
        assertThat(line.rateOf(A, 1_000)).isGreaterThanOrEqualTo(6.9 * MEGABIT);
        assertThat(line.rateOf(B, 1_000)).isGreaterThanOrEqualTo(1.9 * MEGABIT);
    }

    /** tc-hfsc(7), "linksharing criterion": link share alone cannot keep 7 + 7 on 10 Mb/s, but divides evenly. */
    @Test
    void shouldShareEvenlyWhereLinkShareCannotKeepBothCurves() {
        SimulatedLink line = new SimulatedLink(10 * MEGABIT)
                .add(A, 0, settings().linkShare(new ServiceCurve(3 * MEGABIT, 100 * MILLISECOND, 7 * MEGABIT)))
                .add(B, 0, settings().linkShare(new ServiceCurve(7 * MEGABIT, 100 * MILLISECOND, 3 * MEGABIT)))
                .flood(A, 500)
                .runMs(1_000)
                .flood(B, 500)
                .runMs(70);
        assertThat(line.rateOf(A, 70)).isCloseTo(5 * MEGABIT, withPercentage(3));
        assertThat(line.rateOf(B, 70)).isCloseTo(5 * MEGABIT, withPercentage(3));
        line.runMs(200).runMs(1_000);
        assertThat(line.rateOf(A, 1_000)).isCloseTo(7 * MEGABIT, CLOSE);
        assertThat(line.rateOf(B, 1_000)).isCloseTo(3 * MEGABIT, CLOSE);
    }

    /** tc-hfsc(7), "upperlimit criterion": B wakes beside a limited C and a flooding A; A must not be blocked for it. */
    @Test
    void shouldNotBlockASiblingWhenAnotherWakesBesideALimitedOne() {
        SimulatedLink line = new SimulatedLink(10 * MEGABIT)
                .add(A, 0, settings().linkShare(rate(5 * MEGABIT)))
                .add(B, 0, settings().linkShare(rate(2_500_000)))
                .add(C, 0, settings().linkShare(rate(2_500_000)).upperLimit(rate(2_500_000)))
                .flood(A, 500)
                .flood(C, 500)
                .runMs(5_000);
        assertThat(line.rateOf(A, 5_000)).isCloseTo(7.5 * MEGABIT, CLOSE);
        assertThat(line.rateOf(C, 5_000)).isCloseTo(2.5 * MEGABIT, CLOSE);
        line.flood(B, 500).runMs(20);
        assertThat(line.rateOf(A, 20)).isCloseTo(5 * MEGABIT, withPercentage(10));
        assertThat(line.rateOf(B, 20)).isCloseTo(2.5 * MEGABIT, withPercentage(10));
    }

    /** tc-hfsc(7), "corner cases": rt 8 Mb/s against ls 5, 2.5, 2.5. A gets 8; B, waking late, is not punished for it. */
    @Test
    void shouldNotStarveAWakingClassWhenRealTimeAndLinkShareDisagree() {
        SimulatedLink line = new SimulatedLink(10 * MEGABIT)
                .add(A, 0, settings().linkShare(rate(5 * MEGABIT)).realTime(rate(8 * MEGABIT)))
                .add(B, 0, settings().linkShare(rate(2_500_000)))
                .add(C, 0, settings().linkShare(rate(2_500_000)))
                .flood(A, 500)
                .flood(C, 500)
                .runMs(5_000);
        assertThat(line.rateOf(A, 5_000)).isCloseTo(8 * MEGABIT, CLOSE);
        assertThat(line.rateOf(C, 5_000)).isCloseTo(2 * MEGABIT, CLOSE);
        line.flood(B, 500).runMs(100);
        assertThat(line.rateOf(B, 100)).isCloseTo(1 * MEGABIT, withPercentage(5));
        assertThat(line.rateOf(C, 100)).isCloseTo(1 * MEGABIT, withPercentage(5));
    }

    /** tc-hfsc(7), "corner cases": rt 9 Mb/s for 30 ms then 1, ls 5, 2.5, 2.5: A spikes, then the others catch up. */
    @Test
    void shouldLetASpikeByGuaranteeBeMadeUpForByLinkShare() {
        SimulatedLink line = new SimulatedLink(10 * MEGABIT)
                .add(
                        A,
                        0,
                        settings()
                                .linkShare(rate(5 * MEGABIT))
                                .realTime(new ServiceCurve(9 * MEGABIT, 30 * MILLISECOND, MEGABIT)))
                .add(B, 0, settings().linkShare(rate(2_500_000)))
                .add(C, 0, settings().linkShare(rate(2_500_000)))
                .flood(A, 500)
                .flood(B, 500)
                .flood(C, 500)
                .runMs(30);
        assertThat(line.rateOf(A, 30)).isCloseTo(9 * MEGABIT, withPercentage(5));
        line.runMs(10);
        assertThat(line.rateOf(A, 10)).isLessThan(1.5 * MEGABIT);
        line.runMs(100).runMs(1_000);
        assertThat(line.rateOf(A, 1_000)).isCloseTo(5 * MEGABIT, CLOSE);
    }

    /** The paper's tree: 155 Mb/s, VPN 3 has 40 % of it, and of that TCP has 40 %. */
    @Test
    void shouldDivideTheTreeOfTheVirtualNetworkServicePaper() {
        long link = 155 * MEGABIT;
        int tcp = 31;
        int udp = 32;
        SimulatedLink line = new SimulatedLink(link)
                .add(1, 0, settings().guarantee(rate(link * 30 / 100)))
                .add(2, 0, settings().guarantee(rate(link * 30 / 100)))
                .add(3, 0, settings().guarantee(rate(link * 40 / 100)))
                .add(tcp, 3, settings().guarantee(rate(link * 16 / 100)))
                .add(udp, 3, settings().guarantee(rate(link * 24 / 100)))
                .flood(1, 1_500)
                .flood(2, 1_500)
                .flood(tcp, 1_500)
                .flood(udp, 1_500)
                .runMs(1_000);
        assertThat(line.rateOf(1, 1_000)).isCloseTo(link * 0.30, CLOSE);
        assertThat(line.rateOf(tcp, 1_000)).isCloseTo(link * 0.16, CLOSE);
        assertThat(line.rateOf(udp, 1_000)).isCloseTo(link * 0.24, CLOSE);
        line.calm(udp).runMs(1).runMs(1_000);
        assertThat(line.rateOf(tcp, 1_000))
                .as("idle bandwidth goes first to the own VPN")
                .isCloseTo(link * 0.40, CLOSE);
        line.calm(tcp).runMs(1).runMs(1_000);
        assertThat(line.rateOf(1, 1_000)).as("then to the neighbours").isCloseTo(link * 0.50, CLOSE);
        line.flood(tcp, 1_500).flood(udp, 1_500).runMs(10);
        assertThat(line.rateOf(tcp, 10) + line.rateOf(udp, 10))
                .as("given back within 10 ms")
                .isCloseTo(link * 0.40, withPercentage(5));
    }
}
