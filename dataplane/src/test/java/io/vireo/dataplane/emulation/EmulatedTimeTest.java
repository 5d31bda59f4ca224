package io.vireo.dataplane.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.emulation.EmulatorRig.Arrival;
import io.vireo.dataplane.wire.code.DelayDistribution;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.value.EmulationSpec;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When frames come out of an emulated wire, and which find no place on it. */
class EmulatedTimeTest {
    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final long TICK_NS = 1L << DelayWheel.TICK_BITS;
    private static final int WIRE_OVERHEAD_BYTES = 24;

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

    private static EmulationSpec delay(long ns) {
        return new EmulationSpec()
                .delay(ns, 0, DelayDistribution.UNIFORM, false)
                .limitPackets(1_000_000);
    }

    private static EmulationSpec rate(long bitsPerSecond, long queueNs) {
        return new EmulationSpec().rate(bitsPerSecond, queueNs).limitPackets(1_000_000);
    }

    @ParameterizedTest
    @CsvSource({"5000000", "5000001", "1", "3333333"})
    void shouldReleaseAMillionPacketsASecondWithinATick(long delayNs) {
        rig.emulate(delay(delayNs));
        long startNs = rig.nowNs;
        for (int n = 0; n < 100_000; n++) {
            assertThat(rig.send(60)).isTrue();
            rig.pass(US, US);
        }
        rig.pass(delayNs + TICK_NS + US, US);
        assertThat(rig.numbers()).isEqualTo(LongStream.range(0, 100_000).boxed().toList());
        for (Arrival arrival : rig.arrivals) {
            long lateNs = arrival.atNs() - (startNs + arrival.number() * US + delayNs);
            assertThat(lateNs).isBetween(0L, TICK_NS + US);
        }
    }

    @ParameterizedTest
    @CsvSource({"1000000, 60", "1000000, 1514", "100000000, 300", "10000000000, 60", "10000000000, 1514"})
    void shouldHoldTheRateWithinAHundredth(long bitsPerSecond, int bytes) {
        rig.emulate(rate(bitsPerSecond, 10 * MS));
        long packetNs = (bytes + WIRE_OVERHEAD_BYTES) * 8_000_000_000L / bitsPerSecond;
        long startNs = rig.nowNs;
        long stepNs = Math.max(20, packetNs / 3); // three times what the wire carries
        long endNs = startNs + Math.max(20 * MS, 300 * packetNs);
        while (rig.nowNs < endNs) {
            rig.send(bytes);
            rig.pass(stepNs, stepNs);
        }
        long elapsedNs = rig.arrivals.getLast().atNs() - startNs;
        double delivered = rig.arrivals.size() * (double) packetNs / elapsedNs;
        assertThat(delivered).isBetween(0.99, 1.01);
        assertThat(rig.drops(DropReason.EMULATION_QUEUE_FULL)).isPositive();
        assertThat(rig.numbers()).isSorted();
        rig.drain();
    }

    @Test
    void shouldHoldTheRateOverMixedSizes() {
        rig.emulate(rate(10_000_000, 10_000 * MS));
        long bits = 0;
        long startNs = rig.nowNs;
        for (int n = 0; n < 3_000; n++) {
            int bytes = 60 + n * 37 % 1455;
            bits += (bytes + WIRE_OVERHEAD_BYTES) * 8L;
            rig.send(bytes);
        }
        rig.pass(bits * 100 + MS, 100 * US);
        assertThat(rig.arrivals).hasSize(3_000);
        long elapsedNs = rig.arrivals.getLast().atNs() - startNs;
        assertThat((double) elapsedNs).isBetween(bits * 100 * 0.999, bits * 100 * 1.001 + 100 * US);
    }

    @Test
    void shouldShareTheRateOfALinkAmongWorkers() {
        rig.emulate(rate(8_000_000, 1_000 * MS));
        for (int n = 0; n < 100; n++) {
            rig.send(0, 976); // a millisecond
            rig.send(1, 976);
        }
        rig.pass(100 * MS + TICK_NS, 10 * US);
        assertThat(rig.arrivals).hasSize(100);
        rig.pass(100 * MS, 10 * US);
        assertThat(rig.arrivals).hasSize(200);
    }

    @Test
    void shouldDropWhatWouldWaitForTheRateTooLong() {
        rig.emulate(rate(8_000_000, 50 * MS));
        for (int n = 0; n < 80; n++) {
            rig.send(976);
        }
        assertThat(rig.drops(DropReason.EMULATION_QUEUE_FULL)).isEqualTo(80 - 51);
        rig.drain();
        assertThat(rig.arrivals).hasSize(51);
    }

    @Test
    void shouldLetAFewFramesWaitHoweverSlowTheWire() {
        rig.emulate(rate(8_000, 0));
        for (int n = 0; n < 80; n++) {
            rig.send(976);
        }
        rig.drain();
        assertThat(rig.arrivals).hasSize(4);
    }

    @Test
    void shouldHoldNoMoreThanItsLimit() {
        rig.emulate(delay(MS).limitPackets(10));
        for (int n = 0; n < 25; n++) {
            rig.send(60);
        }
        rig.drain();
        assertThat(rig.arrivals).hasSize(10);
        assertThat(rig.drops(DropReason.EMULATION_QUEUE_FULL)).isEqualTo(15);
        rig.send(60);
        rig.drain();
        assertThat(rig.arrivals).hasSize(11);
    }

    @Test
    void shouldLeaveBuffersToOthersWhateverTheLimit() {
        rig.emulate(delay(1_000 * MS));
        for (int n = 0; n < 7_000; n++) {
            rig.send(60);
        }
        assertThat(rig.drops(DropReason.EMULATION_QUEUE_FULL)).isEqualTo(1_000);
        rig.drain();
        assertThat(rig.arrivals).hasSize(6_000);
    }

    @Test
    void shouldKeepTheTimesOfWhatIsOnTheWireWhenItChanges() {
        rig.emulate(delay(20 * MS));
        long sentNs = rig.nowNs;
        rig.send(60);
        rig.change(delay(MS));
        rig.send(60);
        rig.pass(30 * MS, 10 * US);
        assertThat(rig.numbers()).containsExactly(1L, 0L);
        assertThat(rig.arrivals.getFirst().atNs() - sentNs).isBetween(MS, MS + 20 * US);
        assertThat(rig.arrivals.getLast().atNs() - sentNs).isBetween(20 * MS, 20 * MS + 20 * US);
    }

    @Test
    void shouldSendAtOnceWhereTheWireIsEmulatedNoLonger() {
        rig.emulate(delay(MS));
        assertThat(rig.send(60)).isTrue();
        rig.table.publish(EmulatorRig.WIRE, EmulationTable.NONE);
        assertThat(rig.send(60)).isFalse();
        rig.drain();
        assertThat(rig.numbers()).containsExactly(0L);
    }

    @Test
    void shouldNotDeliverWhatWasOnTheWireOfAnInterfaceThatHasGone() {
        rig.emulate(delay(MS));
        rig.send(60);
        rig.table.end(EmulatorRig.WIRE);
        rig.emulate(delay(MS)); // of another interface with its id
        rig.send(60);
        rig.drain();
        assertThat(rig.numbers()).containsExactly(1L);
        assertThat(rig.dropsOfNobody(DropReason.EGRESS_DOWN)).isEqualTo(1);
    }

    @Test
    void shouldKeepAwakeOnlyWhileSomethingIsSoonDue() {
        rig.emulate(delay(20 * MS));
        assertThat(rig.round()).isZero();
        rig.send(60);
        assertThat(rig.round()).isZero();
        rig.nowNs += 19 * MS + 100 * US;
        assertThat(rig.round()).isEqualTo(1);
        assertThat(rig.arrivals).isEmpty();
        rig.nowNs += MS;
        assertThat(rig.round()).isEqualTo(1);
        assertThat(rig.arrivals).hasSize(1);
        assertThat(rig.round()).isZero();
    }
}
