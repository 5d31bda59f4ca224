package io.vireo.dataplane.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.schedule.policy.ServiceCurve;
import io.vireo.dataplane.wire.value.ClassSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The scheduler and {@link HfscOracle} side by side on random trees, random traffic and random times. */
class HfscOracleTest {
    private static final long SLACK_NS = 50_000;
    private static final long TOLERANCE_UNITS = 4;

    @Test
    void shouldChooseAsTheOracleDoesOnRandomTrees() {
        for (int seed = 0; seed < 40; seed++) {
            new Run(seed, 8_000, 10_000_000L).play(2_000);
        }
    }

    @Test
    void shouldChooseAsTheOracleDoesAtExtremeRates() {
        for (int seed = 100; seed < 130; seed++) {
            new Run(seed, ServiceCurve.MIN_RATE, 400_000_000_000L).play(2_000);
        }
    }

    @Test
    void shouldLetPacketsPassAsIfEachWereEnqueuedAndDequeued() {
        int passed = 0;
        int passedWaiting = 0;
        for (int seed = 200; seed < 300; seed++) {
            long fastest = seed % 2 == 0 ? 400_000_000_000L : 10_000_000L;
            Run run = new Run(seed, ServiceCurve.MIN_RATE, fastest);
            run.playPassing(2_000);
            passed += run.passed;
            passedWaiting += run.passedWaiting;
        }
        assertThat(passed).isGreaterThan(5_000);
        assertThat(passedWaiting)
                .as("beside classes that wait for a limit or an eligible time")
                .isGreaterThan(1_000);
    }

    @Tag("slow")
    @Test
    void shouldLetPacketsPassForAMillionSteps() {
        for (int seed = 2_000; seed < 2_200; seed++) {
            long fastest = seed % 2 == 0 ? 400_000_000_000L : 1_000_000_000L;
            new Run(seed, ServiceCurve.MIN_RATE, fastest).playPassing(5_000);
        }
    }

    @Tag("slow")
    @Test
    void shouldChooseAsTheOracleDoesForAMillionSteps() {
        for (int seed = 1_000; seed < 1_200; seed++) {
            long fastest = seed % 2 == 0 ? 400_000_000_000L : 1_000_000_000L;
            new Run(seed, ServiceCurve.MIN_RATE, fastest).play(5_000);
        }
    }

    /** One tree and its traffic. */
    private static final class Run {
        private final Random random;
        private final long slowest;
        private final long fastest;
        private final int seed;
        private final HfscOracle oracle = new HfscOracle(SLACK_NS, TOLERANCE_UNITS);
        private final HfscScheduler scheduler =
                new HfscScheduler(new HfscLimits(64, 1 << 16, 1, LinkOverhead.NONE, 1_500, SLACK_NS));
        private final DequeuedBurst burst = new DequeuedBurst(1);
        private final List<Integer> leaves = new ArrayList<>();
        private final int[] burstLeaves = new int[8];
        private final int[] burstBytes = new int[8];
        private int passed;
        private int passedWaiting;
        private long nowNs;

        Run(int seed, long slowest, long fastest) {
            this.seed = seed;
            this.random = new Random(seed);
            this.slowest = slowest;
            this.fastest = fastest;
            scheduler.quotas().set(0, 1 << 16, 1L << 40);
            grow();
        }

        private void grow() {
            int count = 2 + random.nextInt(20);
            List<Integer> interior = new ArrayList<>(List.of(0));
            for (int id = 1; id <= count; id++) {
                boolean isInterior = id < count && random.nextInt(4) == 0;
                add(id, interior.get(random.nextInt(interior.size())), isInterior);
                if (isInterior) {
                    interior.add(id);
                } else {
                    leaves.add(id);
                }
            }
        }

        private void add(int id, int parent, boolean isInterior) {
            boolean hasShare = isInterior || random.nextInt(5) > 0;
            boolean hasGuarantee = !isInterior && (!hasShare || random.nextInt(2) == 0);
            ServiceCurve rt = hasGuarantee ? curve() : null;
            ServiceCurve ls = hasShare ? curve() : null;
            ServiceCurve ul = hasShare && random.nextInt(3) == 0 ? curve() : null;
            oracle.add(parent, rt, ls, ul);
            ClassSpec settings = new ClassSpec().queue(1 << 16, 1 << 30);
            if (rt != null) {
                settings.realTime(rt);
            }
            if (ls != null) {
                settings.linkShare(ls);
            }
            if (ul != null) {
                settings.upperLimit(ul);
            }
            assertThat(scheduler.classes().add(id, parent, settings, 0)).isEqualTo(ClassChange.DONE);
        }

        private ServiceCurve curve() {
            long first = rate();
            return switch (random.nextInt(4)) {
                case 0 -> new ServiceCurve(first, 1 + random.nextInt(20_000_000), rate());
                case 1 -> new ServiceCurve(0, 1 + random.nextInt(20_000_000), rate());
                default -> ServiceCurve.linear(first);
            };
        }

        /** Even in the logarithm. */
        private long rate() {
            double span = Math.log((double) fastest / (double) slowest);
            return Math.round(slowest * Math.exp(random.nextDouble() * span));
        }

        void play(int steps) {
            repeat(steps, this::step);
        }

        /** Bursts on a port that is idle more often than not. */
        void playPassing(int steps) {
            repeat(steps, this::passingStep);
        }

        private void repeat(int steps, Runnable each) {
            for (int step = 0; step < steps; step++) {
                try {
                    each.run();
                } catch (AssertionError e) {
                    throw new AssertionError("seed " + seed + ", step " + step + ": " + e.getMessage(), e);
                }
            }
        }

        private void step() {
            switch (random.nextInt(5)) {
                case 0, 1 -> enqueue();
                case 2, 3 -> dequeue();
                default -> wait(random.nextInt(4));
            }
        }

        private void passingStep() {
            switch (random.nextInt(32)) {
                case 0 -> enqueue();
                case 1, 2 -> pass();
                case 3 -> wait(random.nextInt(4));
                case 4, 5, 6, 7, 8, 9, 10, 11 -> waitForAnEvent();
                default -> dequeue();
            }
        }

        private void wait(int kind) {
            nowNs += kind == 0 ? random.nextLong(100_000_000) : random.nextLong(100_000);
        }

        private void waitForAnEvent() {
            long eventNs = scheduler.nextEventNs();
            nowNs = eventNs == Time.NEVER ? nowNs : Math.max(nowNs, eventNs + TOLERANCE_UNITS);
        }

        /** Packets for few leaves, so that one often has several; those that do not pass are enqueued. */
        private void pass() {
            int count = 1 + random.nextInt(burstLeaves.length);
            int spread = 1 + random.nextInt(leaves.size());
            for (int k = 0; k < count; k++) {
                burstLeaves[k] = leaves.get(random.nextInt(spread));
                burstBytes[k] = 40 + random.nextInt(1_461);
            }
            long[] before = guaranteed();
            int next = scheduler.bypass(burstLeaves, burstBytes, 0, count, nowNs);
            long[] after = guaranteed();
            for (int k = 0; k < next; k++) {
                follow(burstLeaves[k], burstBytes[k], before, after);
            }
            passed += next;
            passedWaiting += isAnyQueued() ? next : 0;
            for (int k = next; k < count; k++) {
                enqueue(burstLeaves[k], burstBytes[k]);
            }
        }

        private boolean isAnyQueued() {
            return leaves.stream().anyMatch(leaf -> scheduler.statistics().queuedPackets(leaf) > 0);
        }

        private void follow(int leaf, int bytes, long[] before, long[] after) {
            oracle.enqueue(leaf, bytes, nowNs);
            if (after[leaf] > before[leaf]) {
                before[leaf] += bytes;
                oracle.chooseGuaranteed(leaf, nowNs);
            } else {
                oracle.chooseShared(leaf, nowNs);
            }
        }

        private void enqueue() {
            int leaf = leaves.get(random.nextInt(leaves.size()));
            enqueue(leaf, 40 + random.nextInt(1_461));
        }

        private void enqueue(int leaf, int bytes) {
            assertThat(scheduler.enqueue(leaf, 0, bytes, 0, nowNs)).isEqualTo(QueueVerdict.QUEUED);
            oracle.enqueue(leaf, bytes, nowNs);
        }

        private void dequeue() {
            long[] before = guaranteed();
            if (scheduler.dequeue(nowNs, burst) == 0) {
                oracle.chooseNone(nowNs);
                return;
            }
            int leaf = burst.sentClass(0);
            if (scheduler.statistics().guaranteedWireBytes(leaf) > before[leaf]) {
                oracle.chooseGuaranteed(leaf, nowNs);
            } else {
                oracle.chooseShared(leaf, nowNs);
            }
        }

        private long[] guaranteed() {
            long[] bytes = new long[64];
            leaves.forEach(leaf -> bytes[leaf] = scheduler.statistics().guaranteedWireBytes(leaf));
            return bytes;
        }
    }
}
