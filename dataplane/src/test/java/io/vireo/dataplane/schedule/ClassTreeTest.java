package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.SimulatedLink.rate;
import static io.vireo.dataplane.schedule.SimulatedLink.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.vireo.dataplane.wire.value.ClassSpec;
import org.junit.jupiter.api.Test;

class ClassTreeTest {
    private static final long MEGABIT = 1_000_000;
    private static final ClassSpec ANY = settings().guarantee(rate(MEGABIT));

    private final SimulatedLink line = new SimulatedLink(10 * MEGABIT);
    private final ClassTree classes = line.scheduler.classes();

    @Test
    void shouldRefuseWhatIsNotATree() {
        line.add(1, 0, ANY).add(2, 1, ANY).add(3, 2, ANY);
        assertThat(classes.add(1, 0, ANY, 0)).isEqualTo(ClassChange.ID_IN_USE);
        assertThat(classes.add(0, 0, ANY, 0)).isEqualTo(ClassChange.ID_IN_USE);
        assertThat(classes.add(-1, 0, ANY, 0)).isEqualTo(ClassChange.NO_ID);
        assertThat(classes.add(4_096, 0, ANY, 0)).isEqualTo(ClassChange.NO_ID);
        assertThat(classes.add(9, 77, ANY, 0)).isEqualTo(ClassChange.NO_PARENT);
        assertThat(classes.add(9, -1, ANY, 0)).isEqualTo(ClassChange.NO_PARENT);
        assertThat(classes.move(1, 3, 0)).isEqualTo(ClassChange.CYCLE);
        assertThat(classes.move(1, 1, 0)).isEqualTo(ClassChange.CYCLE);
        assertThat(classes.move(9, 0, 0)).isEqualTo(ClassChange.NO_CLASS);
        assertThat(classes.move(0, 1, 0)).isEqualTo(ClassChange.ROOT);
        assertThat(classes.remove(0)).isEqualTo(ClassChange.ROOT);
        assertThat(classes.remove(9)).isEqualTo(ClassChange.NO_CLASS);
        assertThat(classes.remove(1)).isEqualTo(ClassChange.HAS_CHILDREN);
        assertThat(classes.alter(9, ANY, 0)).isEqualTo(ClassChange.NO_CLASS);
        assertThat(classes.alter(0, ANY, 0)).isEqualTo(ClassChange.ROOT);
    }

    @Test
    void shouldRefuseSettingsThatMakeNoSense() {
        assertThat(add(settings())).isEqualTo(ClassChange.NO_CURVE);
        assertThat(add(settings().realTime(-1, 0, -1))).isEqualTo(ClassChange.BAD_REAL_TIME);
        assertThat(add(settings().realTime(MEGABIT, 0, 0))).isEqualTo(ClassChange.BAD_REAL_TIME);
        assertThat(add(settings().linkShare(MEGABIT, 0, 2 * MEGABIT))).isEqualTo(ClassChange.BAD_LINK_SHARE);
        assertThat(add(settings().linkShare(rate(MEGABIT)).upperLimit(1, 1, 1))).isEqualTo(ClassChange.BAD_UPPER_LIMIT);
        assertThat(add(settings().realTime(rate(MEGABIT)).upperLimit(rate(MEGABIT))))
                .isEqualTo(ClassChange.LIMIT_WITHOUT_SHARE);
        assertThat(add(settings().guarantee(rate(MEGABIT)).queue(0, 1))).isEqualTo(ClassChange.BAD_QUEUE);
        assertThat(add(settings().guarantee(rate(MEGABIT)).codel(1, 0))).isEqualTo(ClassChange.BAD_QUEUE);
        assertThat(add(settings().guarantee(rate(MEGABIT)).quota(5))).isEqualTo(ClassChange.NO_QUOTA);
        assertThat(add(settings().guarantee(rate(MEGABIT)).quota(-5))).isEqualTo(ClassChange.NO_QUOTA);
        assertThat(classes.limitPort(settings().upperLimit(1, 0, 1), 0)).isEqualTo(ClassChange.BAD_UPPER_LIMIT);
        assertThat(classes.exists(1)).isFalse();
    }

    private ClassChange add(ClassSpec settings) {
        return classes.add(1, 0, settings, 0);
    }

    @Test
    void shouldDrainARemovedClassAndThenFreeItsId() {
        line.add(1, 0, settings().guarantee(rate(MEGABIT))).add(2, 0, ANY).flood(2, 500);
        for (int i = 0; i < 100; i++) {
            line.offer(1, 500);
        }
        assertThat(classes.remove(1)).isEqualTo(ClassChange.DRAINING);
        assertThat(classes.isDraining(1)).isTrue();
        assertThat(line.scheduler.enqueue(1, 0, 500, 0, line.nowNs)).isEqualTo(QueueVerdict.NO_CLASS);
        assertThat(classes.add(1, 0, ANY, line.nowNs)).isEqualTo(ClassChange.ID_IN_USE);
        assertThat(classes.add(9, 1, ANY, line.nowNs)).isEqualTo(ClassChange.NO_PARENT);
        line.runMs(200);
        assertThat(line.sent(1)).isEqualTo(50_000);
        assertThat(classes.exists(1)).isFalse();
        assertThat(classes.add(1, 0, ANY, line.nowNs)).isEqualTo(ClassChange.DONE);
        assertThat(line.scheduler.statistics().sentPackets(1)).isZero();
    }

    @Test
    void shouldShapeTheWholePort() {
        line.add(1, 0, settings().linkShare(rate(MEGABIT))).flood(1, 500);
        assertThat(classes.limitPort(settings().upperLimit(rate(3 * MEGABIT)), line.nowNs))
                .isEqualTo(ClassChange.DONE);
        line.runMs(10).runMs(1_000);
        assertThat(line.rateOf(1, 1_000)).isCloseTo(3 * MEGABIT, withPercentage(0.5));
        classes.limitPort(settings(), line.nowNs);
        line.runMs(1_000);
        assertThat(line.rateOf(1, 1_000)).isCloseTo(10 * MEGABIT, withPercentage(0.5));
    }

    @Test
    void shouldMoveABackloggedSubtreeWithItsPackets() {
        line.add(1, 0, settings().linkShare(rate(8 * MEGABIT)))
                .add(2, 0, settings().linkShare(rate(2 * MEGABIT)))
                .add(11, 1, settings().linkShare(rate(MEGABIT)))
                .add(12, 1, settings().linkShare(rate(MEGABIT)))
                .add(121, 12, settings().linkShare(rate(MEGABIT)))
                .add(21, 2, settings().linkShare(rate(MEGABIT)))
                .flood(11, 500)
                .flood(121, 500)
                .flood(21, 500)
                .runMs(1_000);
        assertThat(line.rateOf(121, 1_000)).isCloseTo(4 * MEGABIT, withPercentage(1));
        assertThat(classes.move(12, 2, line.nowNs)).isEqualTo(ClassChange.DONE);
        line.runMs(1_000);
        assertThat(line.rateOf(121, 1_000)).isCloseTo(1 * MEGABIT, withPercentage(1));
        assertThat(line.rateOf(21, 1_000)).isCloseTo(1 * MEGABIT, withPercentage(1));
        assertThat(line.rateOf(11, 1_000)).isCloseTo(8 * MEGABIT, withPercentage(1));
        assertThat(classes.children(1)).isEqualTo(1);
        assertThat(classes.children(2)).isEqualTo(2);
        assertThat(classes.move(121, 21, line.nowNs)).isEqualTo(ClassChange.PARENT_BUSY);
    }

    @Test
    void shouldTakeUpAnAlteredGuaranteeAtOnceAndMintNoBurst() {
        line.add(1, 0, settings().guarantee(rate(2 * MEGABIT)))
                .add(2, 0, settings().guarantee(rate(8 * MEGABIT)))
                .flood(1, 500)
                .flood(2, 500)
                .runMs(500);
        classes.alter(1, settings().guarantee(rate(5 * MEGABIT)), line.nowNs);
        classes.alter(2, settings().guarantee(rate(5 * MEGABIT)), line.nowNs);
        line.runMs(100);
        assertThat(line.rateOf(1, 100)).isCloseTo(5 * MEGABIT, withPercentage(3));
        double before = line.scheduler.statistics().guaranteedWireBytes(1);
        for (int i = 0; i < 100; i++) {
            classes.alter(
                    1, settings().realTime(9 * MEGABIT, 20_000_000, MEGABIT).linkShare(rate(MEGABIT)), line.nowNs);
            line.runMs(1);
        }
        double guaranteed = (line.scheduler.statistics().guaranteedWireBytes(1) - before) * 8 / 0.1;
        assertThat(guaranteed).as("one burst at most in 100 ms, not a hundred").isLessThan(3 * MEGABIT);
    }

    @Test
    void shouldGrowAndShrinkAParentWhileItsChildrenAreServed() {
        line.add(1, 0, settings().linkShare(rate(MEGABIT)));
        for (int round = 0; round < 3; round++) {
            for (int id = 100; id < 1_100; id++) {
                line.add(id, 1, settings().linkShare(rate(MEGABIT)))
                        .offer(id, 100)
                        .offer(id, 100);
                line.runMs(0.05);
            }
            for (int id = 100; id < 1_100; id++) {
                assertThat(classes.remove(id).isAccepted()).isTrue();
                line.runMs(0.05);
            }
            line.runMs(1_000);
            assertThat(classes.children(1)).isZero();
        }
    }
}
