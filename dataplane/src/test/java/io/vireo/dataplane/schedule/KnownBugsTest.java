package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.SimulatedLink.rate;
import static io.vireo.dataplane.schedule.SimulatedLink.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.vireo.dataplane.schedule.policy.ServiceCurve;
import org.junit.jupiter.api.Test;

/** What went wrong in other implementations, each as a case. */
class KnownBugsTest {
    private static final long MEGABIT = 1_000_000;
    private static final long GIGABIT = 1_000_000_000;
    private static final int PARENT = 1;
    private static final int CHILD = 2;
    private static final int OTHER = 3;

    /** Linux: a real-time-only class with a child was in no virtual-time tree, its children corrupted it. */
    @Test
    void shouldServeTheChildrenOfAClassThatHadOnlyRealTime() {
        SimulatedLink line = new SimulatedLink(10 * MEGABIT)
                .add(PARENT, 0, settings().realTime(rate(4 * MEGABIT)))
                .add(OTHER, 0, settings().linkShare(rate(6 * MEGABIT)))
                .flood(OTHER, 500)
                .flood(PARENT, 500)
                .calm(PARENT)
                .add(CHILD, PARENT, settings().linkShare(rate(MEGABIT)));
        assertThat(line.scheduler.statistics().queuedPackets(CHILD)).isEqualTo(2);
        line.flood(CHILD, 500).runMs(1_000);
        assertThat(line.rateOf(CHILD, 1_000)).isCloseTo(4 * MEGABIT, withPercentage(1));
        line.calm(CHILD).runMs(10);
        assertThat(line.scheduler.classes().remove(CHILD)).isEqualTo(ClassChange.DONE);
        line.flood(PARENT, 500).runMs(1_000);
        assertThat(line.rateOf(PARENT, 1_000)).as("a leaf again").isCloseTo(4 * MEGABIT, withPercentage(1));
    }

    /** Linux, CVE-2025-38000 and like: the discipline below dropped packets while the length of its head was read. */
    @Test
    void shouldGoOnWhenTheDropPolicyEmptiesAQueueThatWasChosen() {
        SimulatedLink line = new SimulatedLink(10 * MEGABIT)
                .add(PARENT, 0, settings().guarantee(rate(MEGABIT)).codel(1, 1))
                .add(OTHER, 0, settings().guarantee(rate(MEGABIT)));
        DequeuedBurst burst = new DequeuedBurst(8);
        for (int i = 0; i < 6; i++) {
            line.offer(PARENT, 1_500);
        }
        line.scheduler.dequeue(line.nowNs + 1_000_000_000L, burst);
        line.offer(PARENT, 1_500).offer(OTHER, 100);
        int sent = burst.sentCount();
        int dropped = burst.droppedCount();
        while (line.scheduler.dequeue(line.nowNs + 2_000_000_000L, burst) + burst.droppedCount() > 0) {
            sent += burst.sentCount();
            dropped += burst.droppedCount();
        }
        assertThat(sent + dropped).isEqualTo(8);
        assertThat(line.scheduler.nextEventNs()).isEqualTo(Time.NEVER);
        line.offer(PARENT, 100).offer(PARENT, 100).runMs(10);
        assertThat(line.sent(PARENT)).isEqualTo(200);
    }

    /** Linux, CVE-2025-37890 and like: a class entered its trees again when it was active already. */
    @Test
    void shouldStandOnceInEachHeapHoweverItIsAltered() {
        SimulatedLink line = new SimulatedLink(10 * MEGABIT)
                .add(PARENT, 0, settings().realTime(rate(2 * MEGABIT)))
                .add(OTHER, 0, settings().realTime(rate(8 * MEGABIT)))
                .flood(PARENT, 500)
                .flood(OTHER, 500);
        ClassTree classes = line.scheduler.classes();
        for (int i = 0; i < 100; i++) {
            long now = line.runMs(1).nowNs;
            assertThat(classes.alter(PARENT, settings().realTime(rate(2 * MEGABIT)), now))
                    .isEqualTo(ClassChange.DONE);
            classes.alter(PARENT, settings().linkShare(rate(MEGABIT)), now);
            classes.alter(PARENT, settings().guarantee(rate(2 * MEGABIT)), now);
            classes.alter(PARENT, settings().realTime(rate(2 * MEGABIT)), now);
        }
        line.runMs(1_000);
        assertThat(line.rateOf(PARENT, 1_000)).isCloseTo(2 * MEGABIT, withPercentage(1));
        assertThat(line.rateOf(OTHER, 1_000)).isCloseTo(8 * MEGABIT, withPercentage(1));
    }

    /** Linux: nactive of a parent fell below zero when a class was emptied and then emptied again. */
    @Test
    void shouldKeepAParentActiveWhileAnyChildIs() {
        SimulatedLink line = new SimulatedLink(10 * MEGABIT)
                .add(PARENT, 0, settings().linkShare(rate(5 * MEGABIT)))
                .add(CHILD, PARENT, settings().linkShare(rate(MEGABIT)))
                .add(OTHER, PARENT, settings().guarantee(rate(MEGABIT)));
        for (int i = 0; i < 50; i++) {
            line.offer(CHILD, 100).offer(OTHER, 100).offer(OTHER, 100).runMs(0.1);
            line.scheduler.classes().alter(CHILD, settings().realTime(rate(MEGABIT)), line.nowNs);
            line.runMs(10);
            line.scheduler.classes().alter(CHILD, settings().linkShare(rate(MEGABIT)), line.nowNs);
        }
        line.offer(CHILD, 100).runMs(1);
        assertThat(line.sent(CHILD)).isEqualTo(100);
        assertThat(line.scheduler.nextEventNs()).isEqualTo(Time.NEVER);
    }

    /** Linux, CVE-2026-31423: slopes that differ by exactly 2^32 made a 32-bit divisor zero. */
    @Test
    void shouldTakeSlopesThatDifferByAPowerOfTwo() {
        for (int power = 14; power < 40; power++) {
            long second = 8_000;
            SimulatedLink line = new SimulatedLink(400 * GIGABIT)
                    .add(PARENT, 0, settings().guarantee(new ServiceCurve(second + (1L << power), 1_000_000, second)))
                    .add(OTHER, 0, settings().linkShare(rate(GIGABIT)));
            for (int i = 0; i < 10; i++) {
                line.offer(PARENT, 1_500).offer(OTHER, 1_500).runMs(0.5 * i);
                line.runMs(20);
            }
            assertThat(line.scheduler.statistics().sentPackets(PARENT)).isEqualTo(10);
        }
    }

    /** A limiter of another router fell to a few Mb/s when its rate was set past 68 Gb/s (2^36 b/s). */
    @Test
    void shouldLimitExactlyFromASlowModemTo400Gigabits() {
        long[] limits = {8_000, 64_000, 10 * MEGABIT, GIGABIT, 68 * GIGABIT, 69 * GIGABIT, 100 * GIGABIT, 400 * GIGABIT
        };
        for (long limit : limits) {
            double ms = Math.max(0.5, 5_000.0 * 1_500 * 8 * 1_000 / limit);
            SimulatedLink line = new SimulatedLink(1_600 * GIGABIT)
                    .add(PARENT, 0, settings().linkShare(rate(GIGABIT)).upperLimit(rate(limit)))
                    .flood(PARENT, 1_500)
                    .runMs(ms / 10)
                    .runMs(ms);
            assertThat(line.rateOf(PARENT, ms)).as("%,d b/s", limit).isCloseTo((double) limit, withPercentage(0.1));
        }
    }

    /** ALTQ: the virtual time of a class that waited for its limit decided where a waking sibling started. */
    @Test
    void shouldNotHoldBackAWakingSiblingForALimitedOne() {
        SimulatedLink line = new SimulatedLink(100 * MEGABIT)
                .add(PARENT, 0, settings().linkShare(rate(50 * MEGABIT)).upperLimit(rate(MEGABIT)))
                .add(OTHER, 0, settings().linkShare(rate(50 * MEGABIT)))
                .flood(PARENT, 500)
                .runMs(1_000)
                .flood(OTHER, 500)
                .runMs(10);
        assertThat(line.rateOf(OTHER, 10)).isGreaterThan(98 * MEGABIT);
    }

    /** And the other way: the limited class is not punished for having run alone. */
    @Test
    void shouldNotPunishALimitedClassThatRanAlone() {
        SimulatedLink line = new SimulatedLink(100 * MEGABIT)
                .add(PARENT, 0, settings().linkShare(rate(MEGABIT)).upperLimit(rate(30 * MEGABIT)))
                .add(OTHER, 0, settings().linkShare(rate(MEGABIT)))
                .flood(PARENT, 500)
                .runMs(5_000)
                .flood(OTHER, 500)
                .runMs(10);
        assertThat(line.rateOf(PARENT, 10)).isCloseTo(30 * MEGABIT, withPercentage(3));
    }

    /** A limit must not save up credit while its class is served slower than the limit. */
    @Test
    void shouldNotLetALimitedClassSaveCredit() {
        SimulatedLink line = new SimulatedLink(100 * MEGABIT)
                .add(PARENT, 0, settings().linkShare(rate(10 * MEGABIT)).upperLimit(rate(50 * MEGABIT)))
                .add(OTHER, 0, settings().linkShare(rate(90 * MEGABIT)))
                .flood(PARENT, 500)
                .flood(OTHER, 500)
                .runMs(5_000);
        assertThat(line.rateOf(PARENT, 5_000)).isCloseTo(10 * MEGABIT, withPercentage(1));
        line.calm(OTHER).runMs(1).runMs(100);
        assertThat(line.rateOf(PARENT, 100)).isCloseTo(50 * MEGABIT, withPercentage(1));
    }
}
