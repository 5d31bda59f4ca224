package io.vireo.dataplane.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vireo.dataplane.emulation.EmulatorRig.Arrival;
import io.vireo.dataplane.wire.code.DelayDistribution;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.command.RandomEmulations;
import io.vireo.dataplane.wire.value.EmulationSpec;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Mempool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left to chance comes as often as configured, and alike with one seed. */
class EmulatedChanceTest {
    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final int PERCENT = EmulationSpec.ALWAYS / 100;
    private static final int PACKETS = 200_000;

    @TempDir
    Path directory;

    private EmulatorRig rig;

    @BeforeEach
    void open() {
        rig = new EmulatorRig(directory);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static EmulationSpec wire() {
        return new EmulationSpec().limitPackets(1_000_000).seed(7);
    }

    private static EmulationSpec jitter(DelayDistribution distribution, boolean keepOrder) {
        return wire().delay(10 * MS, MS, distribution, keepOrder);
    }

    private void sendAll(int packets) {
        for (int n = 0; n < packets; n++) {
            rig.send(60);
            rig.pass(10 * US, 10 * US);
        }
        rig.pass(100 * MS, 10 * US);
    }

    /** Five standard deviations of a share of so many. */
    private static double tolerance(double share, int of) {
        return 5 * Math.sqrt(share * (1 - share) / of);
    }

    @Test
    void shouldLoseAsManyAsConfigured() {
        rig.emulate(wire().loss(3 * PERCENT));
        sendAll(PACKETS);
        double lost = (double) rig.drops(DropReason.EMULATED_LOSS) / PACKETS;
        assertThat(lost).isCloseTo(0.03, within(tolerance(0.03, PACKETS)));
        assertThat(rig.arrivals).hasSize(PACKETS - (int) rig.drops(DropReason.EMULATED_LOSS));
        assertThat(rig.numbers()).isSorted();
    }

    @Test
    void shouldLoseAllOrNothing() {
        rig.emulate(wire().loss(EmulationSpec.ALWAYS));
        sendAll(1_000);
        assertThat(rig.arrivals).isEmpty();
        assertThat(rig.drops(DropReason.EMULATED_LOSS)).isEqualTo(1_000);
    }

    /** Gilbert: the bad state loses everything, so a burst is as long as the state lasts. */
    @Test
    void shouldLoseInBurstsOfTheRightLength() {
        double enter = 0.01;
        double leave = 0.25;
        rig.emulate(wire().burst(PERCENT, 25 * PERCENT, EmulationSpec.ALWAYS, 0));
        sendAll(PACKETS);
        List<Integer> bursts = bursts();
        double share = enter / (enter + leave);
        assertThat((double) rig.drops(DropReason.EMULATED_LOSS) / PACKETS).isCloseTo(share, within(0.1 * share));
        assertThat((double) bursts.size()).isCloseTo(PACKETS * share * leave, within(0.1 * PACKETS * share * leave));
        for (int length = 1; length <= 6; length++) {
            int atLeast = length;
            double longer = bursts.stream().filter(burst -> burst >= atLeast).count() / (double) bursts.size();
            double expected = Math.pow(1 - leave, length - 1);
            assertThat(longer)
                    .as("bursts of %s and more", length)
                    .isCloseTo(expected, within(tolerance(expected, bursts.size()) + 1e-9));
        }
    }

    private List<Integer> bursts() {
        List<Integer> bursts = new ArrayList<>();
        long next = 0;
        for (long number : rig.numbers()) {
            if (number > next) {
                bursts.add((int) (number - next));
            }
            next = number + 1;
        }
        return bursts;
    }

    /** Elliott: each state has a loss of its own. */
    @Test
    void shouldLoseByTheStateOfTheChannel() {
        rig.emulate(wire().burst(PERCENT, 4 * PERCENT, 50 * PERCENT, PERCENT));
        sendAll(PACKETS);
        double expected = 0.2 * 0.5 + 0.8 * 0.01;
        assertThat((double) rig.drops(DropReason.EMULATED_LOSS) / PACKETS).isCloseTo(expected, within(0.1 * expected));
    }

    private double[] delays() {
        double[] delays = new double[rig.arrivals.size()];
        long startNs = 5_000_000_000L;
        for (int n = 0; n < delays.length; n++) {
            Arrival arrival = rig.arrivals.get(n);
            delays[n] = (arrival.atNs() - startNs - arrival.number() * 10 * US) / (double) MS;
        }
        return delays;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }

    private static double shareBelow(double[] values, double limit) {
        int below = 0;
        for (double value : values) {
            below += value < limit ? 1 : 0;
        }
        return (double) below / values.length;
    }

    @Test
    void shouldSpreadDelaysEvenly() {
        rig.emulate(jitter(DelayDistribution.UNIFORM, false));
        sendAll(PACKETS);
        double[] delays = delays();
        assertThat(delays).hasSize(PACKETS);
        assertThat(Arrays.stream(delays).min()).hasValueCloseTo(9.0, within(0.03));
        assertThat(Arrays.stream(delays).max()).hasValueCloseTo(11.0, within(0.03));
        for (double limit = 9.2; limit < 11; limit += 0.2) {
            assertThat(shareBelow(delays, limit)).isCloseTo((limit - 9) / 2, within(0.01));
        }
    }

    @Test
    void shouldSpreadDelaysNormally() {
        rig.emulate(jitter(DelayDistribution.NORMAL, false));
        sendAll(PACKETS);
        double[] delays = delays();
        assertThat(mean(delays)).isCloseTo(10.01, within(0.02));
        assertThat(deviation(delays)).isCloseTo(1, within(0.02));
        assertThat(shareBelow(delays, 9.01)).isCloseTo(0.1587, within(0.01));
        assertThat(shareBelow(delays, 11.01)).isCloseTo(0.8413, within(0.01));
        assertThat(shareBelow(delays, 12.01)).isCloseTo(0.9772, within(0.005));
    }

    /** Shape 3 has mean 1.5 and deviation sqrt(3)/2: nothing is below (1 - 1.5) / 0.866 = -0.577 of them; half below -0.277. */
    @Test
    void shouldSpreadDelaysByPareto() {
        rig.emulate(jitter(DelayDistribution.PARETO, false));
        sendAll(PACKETS);
        double[] delays = delays();
        assertThat(mean(delays)).isCloseTo(10.01, within(0.02));
        assertThat(deviation(delays)).isCloseTo(1, within(0.1));
        assertThat(Arrays.stream(delays).min()).hasValueCloseTo(10 - 0.577, within(0.05));
        assertThat(shareBelow(delays, 10.01 - 0.277)).isCloseTo(0.5, within(0.03));
        assertThat(shareBelow(delays, 14)).isBetween(0.97, 0.999);
    }

    @Test
    void shouldKeepTheOrderWhereAsked() {
        rig.emulate(jitter(DelayDistribution.PARETO, true));
        sendAll(20_000);
        assertThat(rig.numbers()).hasSize(20_000).isSorted();
        rig.arrivals.clear();
        rig.change(jitter(DelayDistribution.UNIFORM, false));
        sendAll(1_000);
        assertThat(rig.numbers()).hasSize(1_000);
        assertThat(rig.numbers().stream().sorted().toList()).isNotEqualTo(rig.numbers());
    }

    @Test
    void shouldLetSomeOvertake() {
        rig.emulate(wire().delay(10 * MS, 0, DelayDistribution.UNIFORM, false).reorder(5 * PERCENT));
        sendAll(PACKETS);
        double early = shareBelow(delays(), 1);
        assertThat(early).isCloseTo(0.05, within(tolerance(0.05, PACKETS)));
        assertThat(rig.arrivals).hasSize(PACKETS);
    }

    @Test
    void shouldDuplicateSome() {
        rig.emulate(wire().delay(MS, 0, DelayDistribution.UNIFORM, false).duplicate(2 * PERCENT));
        sendAll(PACKETS);
        int copies = rig.arrivals.size() - PACKETS;
        assertThat((double) copies / PACKETS).isCloseTo(0.02, within(tolerance(0.02, PACKETS)));
        assertThat(new HashSet<>(rig.numbers())).hasSize(PACKETS);
    }

    @Test
    void shouldCountCopiesForWhichThereIsNoBuffer() {
        rig.emulate(wire().duplicate(EmulationSpec.ALWAYS));
        MbufArray rest = MbufArray.allocate(8191);
        int taken = 0;
        while (rig.pool.availableCount() > 1 && rig.pool.allocate(rest, taken, 1) == 1) {
            taken++;
        }
        rig.send(60);
        Mempool.free(rest, 0, taken);
        rig.drain();
        assertThat(rig.numbers()).containsExactly(0L);
        assertThat(rig.drops(DropReason.NO_BUFFER)).isEqualTo(1);
    }

    @Test
    void shouldRepeatARunWithItsSeed() {
        EmulationSpec spec = jitter(DelayDistribution.NORMAL, false)
                .loss(10 * PERCENT)
                .duplicate(PERCENT)
                .reorder(PERCENT);
        List<List<Long>> runs = new ArrayList<>();
        for (long seed : new long[] {7, 7, 8}) {
            rig.emulate(spec.seed(seed));
            rig.arrivals.clear();
            rig.nowNs = Math.ceilDiv(rig.nowNs, 1L << 30) << 30;
            long first = rig.sent();
            sendAll(2_000);
            runs.add(rig.numbers().stream().map(number -> number - first).toList());
        }
        assertThat(runs.get(0)).isEqualTo(runs.get(1)).isNotEqualTo(runs.get(2));
    }

    /** Random changes, interfaces that go, and bursts: closing the rig audits that every buffer came home. */
    @Test
    void shouldAccountForEveryBuffer() {
        Random random = new Random(11);
        for (int step = 0; step < 3_000; step++) {
            switch (random.nextInt(8)) {
                case 0 -> rig.emulate(RandomEmulations.next(random));
                case 1 -> rig.change(RandomEmulations.next(random));
                case 2 -> rig.table.end(EmulatorRig.WIRE);
                case 3 -> rig.nowNs += random.nextLong(1L << random.nextInt(1, 36));
                default -> {
                    for (int n = random.nextInt(30); n > 0; n--) {
                        rig.send(random.nextInt(2), 60 + random.nextInt(1_400));
                    }
                }
            }
            rig.round();
        }
    }
}
