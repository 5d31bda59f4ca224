package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.SimulatedLink.rate;
import static io.vireo.dataplane.schedule.SimulatedLink.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.vireo.dataplane.schedule.policy.ServiceCurve;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The paper's guarantees as properties. */
class GuaranteeTest {
    private static final long MEGABIT = 1_000_000;

    @Test
    void shouldMissNoDeadlineByMoreThanALargestPacket() {
        simulate(40, 20_000);
    }

    @Tag("slow")
    @Test
    void shouldMissNoDeadlineByMoreThanALargestPacketInTenMillionPackets() {
        simulate(200, 50_000);
    }

    private static void simulate(int trees, int packets) {
        for (int seed = 0; seed < trees; seed++) {
            GuaranteeSimulation simulation = new GuaranteeSimulation(seed);
            assertThat(simulation.run(packets)).as("seed %d", seed).isLessThanOrEqualTo(simulation.allowedLatenessNs());
        }
    }

    @Test
    void shouldNotPunishAClassForExcessItTookWhileOthersWereIdle() {
        SimulatedLink line = new SimulatedLink(10 * MEGABIT)
                .add(1, 0, settings().guarantee(rate(2 * MEGABIT)))
                .add(2, 0, settings().guarantee(rate(8 * MEGABIT)))
                .flood(1, 1_000)
                .runMs(10_000);
        assertThat(line.rateOf(1, 10_000)).isCloseTo(10 * MEGABIT, withPercentage(0.1));
        line.flood(2, 1_000);
        for (int i = 0; i < 100; i++) {
            line.runMs(20);
            assertThat(line.sent(1))
                    .as("its 2 Mb/s in every 20 ms, but for a packet or two")
                    .isGreaterThanOrEqualTo(3_000);
        }
    }

    @Test
    void shouldKeepTheDelayOfAVoiceClassWhileAllElseFloods() {
        int voice = 11;
        SimulatedLink line = new SimulatedLink(10 * MEGABIT)
                .add(1, 0, settings().guarantee(rate(6 * MEGABIT)))
                .add(2, 0, settings().guarantee(rate(4 * MEGABIT)))
                .add(voice, 1, settings().guarantee(ServiceCurve.ofPacket(200, 2_000_000, 80_000)))
                .add(12, 1, settings().guarantee(rate(5 * MEGABIT)))
                .flood(2, 1_500)
                .flood(12, 1_500);
        line.run(10_000_000_000L, now -> {
            line.offer(voice, 200);
            return now + 20_000_000;
        });
        assertThat(line.sent(voice)).isGreaterThanOrEqualTo(480 * 200);
        assertThat(line.worstDelayNs(voice)).isLessThanOrEqualTo(2_000_000 + 1_200_000);
    }

    /** |W_i/r_i - W_j/r_j| ≤ L/r_i + L/r_j while both are backlogged, whatever their siblings do. */
    @Test
    void shouldBoundTheDiscrepancyOfLinkShareBetweenSiblings() {
        Random random = new Random(9);
        for (int round = 0; round < 50; round++) {
            long rateA = 8_000 + random.nextLong(100 * MEGABIT);
            long rateB = 8_000 + random.nextLong(100 * MEGABIT);
            SimulatedLink line = new SimulatedLink(100 * MEGABIT)
                    .add(1, 0, settings().linkShare(rate(rateA)))
                    .add(2, 0, settings().linkShare(rate(rateB)))
                    .add(3, 0, settings().linkShare(rate(50 * MEGABIT)))
                    .add(4, 0, settings().linkShare(rate(20 * MEGABIT)).upperLimit(rate(10 * MEGABIT)))
                    .flood(4, 700)
                    .flood(1, 1_500)
                    .runMs(random.nextInt(50))
                    .flood(2, 900);
            ClassStatistics statistics = line.scheduler.statistics();
            line.runMs(1);
            double aheadBefore = ahead(statistics, rateA, rateB);
            double bound = 1_500 * 8.0 / (double) rateA + 900 * 8.0 / (double) rateB;
            for (int i = 0; i < 50; i++) {
                line.run(2_000_000 + random.nextInt(5_000_000), now -> {
                    line.offer(3, 1_000);
                    return now + 1 + random.nextInt(1_000_000);
                });
                double discrepancy = Math.abs(ahead(statistics, rateA, rateB) - aheadBefore);
                assertThat(discrepancy).as("round %d", round).isLessThanOrEqualTo(bound * 1.000001);
            }
        }
    }

    private static double ahead(ClassStatistics statistics, long rateA, long rateB) {
        return (double) statistics.wireBytes(1) * 8.0 / (double) rateA
                - (double) statistics.wireBytes(2) * 8.0 / (double) rateB;
    }

    @Test
    void shouldGiveSiblingsTogetherWhatTheirParentGets() {
        SimulatedLink line = new SimulatedLink(100 * MEGABIT)
                .add(1, 0, settings().linkShare(rate(70 * MEGABIT)))
                .add(2, 0, settings().guarantee(rate(30 * MEGABIT)));
        for (int id = 11; id < 21; id++) {
            line.add(id, 1, settings().guarantee(rate(id * MEGABIT / 4))).flood(id, 100 * id % 1_400 + 60);
        }
        line.flood(2, 1_500).runMs(1_000);
        long children = 0;
        for (int id = 11; id < 21; id++) {
            children += line.sent(id);
        }
        assertThat(children * 8).isCloseTo(70 * MEGABIT, withPercentage(0.1));
        assertThat(line.sent(2) * 8).isCloseTo(30 * MEGABIT, withPercentage(0.1));
        ClassStatistics statistics = line.scheduler.statistics();
        assertThat(statistics.wireBytes(1) + statistics.wireBytes(2)).isEqualTo(statistics.wireBytes(0));
    }

    /** Rate error at most 0.1 %, from a slow modem to 400 Gb/s. */
    @Test
    void shouldKeepRatesWithinATenthOfAPercentAtEverySpeed() {
        for (long link : new long[] {40_000, 2_048_000, 100 * MEGABIT, 10_000 * MEGABIT, 400_000 * MEGABIT}) {
            double ms = 8_000.0 * 1_000 * 8 * 1_000 / (double) link;
            SimulatedLink line = new SimulatedLink(link)
                    .add(1, 0, settings().guarantee(rate(link * 20 / 100)))
                    .add(2, 0, settings().guarantee(rate(link * 30 / 100)))
                    .add(3, 0, settings().linkShare(rate(link * 50 / 100)))
                    .flood(1, 1_000)
                    .flood(2, 1_000)
                    .flood(3, 1_000)
                    .runMs(ms / 10)
                    .runMs(ms);
            double all = (double) (line.sent(1) + line.sent(2) + line.sent(3));
            assertThat((double) line.sent(1) / all).as("%,d b/s", link).isCloseTo(0.2, withPercentage(0.1));
            assertThat((double) line.sent(2) / all).as("%,d b/s", link).isCloseTo(0.3, withPercentage(0.1));
        }
    }
}
