package io.vireo.bench.demo.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.demo.lab.ClassMeasure;
import io.vireo.bench.demo.lab.Disturbance;
import io.vireo.bench.demo.lab.Disturbance.Piece;
import io.vireo.bench.demo.lab.NumberedStream.Report;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.bench.demo.lab.Outcome.Verdict;
import io.vireo.bench.demo.lab.StreamTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** When the timing-sensitive lines of the demo pass, fail, and say that the machine disturbed them. */
class DisturbedChecksTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldExcuseARateByAsLargeAPartOfTheInterval() {
        // red has 19 of 20 Mbit/s: 5 % of 2 s
        assertThat(shared(0, 30e6, 20e6)).isEqualTo(Verdict.PASSED);
        assertThat(shared(99, 30e6, 19e6)).isEqualTo(Verdict.FAILED);
        assertThat(shared(101, 30e6, 19e6)).isEqualTo(Verdict.SKIPPED);
        assertThat(shared(10_000, Double.NaN, 20e6)).isEqualTo(Verdict.FAILED);
    }

    private static Verdict shared(long tookMs, double blue, double red) {
        return SharedLine.outcome(took(tookMs), blue, red, 30e6, 20e6).verdict();
    }

    @Test
    void shouldExcuseBorrowedRateByAsLargeAPartOfTheSecond() {
        assertThat(Borrowing.borrowed(took(0), 49.6e6).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(Borrowing.borrowed(took(39), 48e6).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(Borrowing.borrowed(took(41), 48e6).verdict()).isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void shouldExcuseALagByWhatIsBeyondHalfTheBound() {
        StreamTimes late = new StreamTimes(Map.of(0, 0L), Map.of(0, 13 * MS));
        assertThat(Borrowing.returned(took(0), new StreamTimes(Map.of(0, 0L), Map.of(0, 9 * MS)))
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(Borrowing.returned(took(7), late).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(Borrowing.returned(took(8), late).verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(Borrowing.returned(took(10_000), new StreamTimes(Map.of(0, 0L), Map.of()))
                        .verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void shouldNotExcuseALagByManyShortWaits() {
        StreamTimes late = new StreamTimes(Map.of(0, 0L), Map.of(0, 13 * MS));
        assertThat(Borrowing.returned(manyShortWaits(), late).verdict()).isEqualTo(Verdict.FAILED);
    }

    private static Disturbance manyShortWaits() {
        List<Piece> pieces = IntStream.range(0, 100)
                .mapToObj(reading -> new Piece(reading * 20L * MS, MS))
                .toList();
        return new Disturbance("worker-0", 100 * MS, 0, 0, pieces);
    }

    @Test
    void shouldExcuseALossOfBlueByTheRoomInItsQueue() {
        // 126 packets at 2,806 a second: 45 ms
        StreamTimes lossy = new StreamTimes(Map.of(0, 0L, 1, MS), Map.of(0, MS));
        assertThat(Borrowing.returned(took(40), lossy).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(Borrowing.returned(took(48), lossy).verdict()).isEqualTo(Verdict.SKIPPED);
    }

    /** A packet waited twice, while the worker and then the kernel's thread waited; neither wait by itself was as long as the lag. */
    @Test
    void shouldExcuseALossAndALagEachByItself() {
        StreamTimes both = new StreamTimes(Map.of(0, 0L, 1, MS), Map.of(0, 152 * MS));
        assertThat(Borrowing.returned(took(80, 70), both).verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(Borrowing.returned(took(80, 60), both).verdict()).isEqualTo(Verdict.FAILED);
    }

    private static Disturbance took(long firstMs, long... laterMs) {
        List<Piece> pieces = new ArrayList<>(List.of(new Piece(0, firstMs * MS)));
        for (long ms : laterMs) {
            pieces.add(new Piece(pieces.size() * 60L * MS, ms * MS));
        }
        long waitNs = pieces.stream().mapToLong(Piece::takenNs).sum();
        return new Disturbance("worker-0", waitNs, 0, 0, pieces);
    }

    @Test
    void shouldExcuseLostDatagramsByTheRoomInTheReceiversSocket() {
        // 184 datagrams at 1,042 a second: 177 ms
        assertThat(udp(0, 0.4)).isEqualTo(Verdict.PASSED);
        assertThat(udp(170, 0.6)).isEqualTo(Verdict.FAILED);
        assertThat(udp(180, 0.6)).isEqualTo(Verdict.SKIPPED);
    }

    private static Verdict udp(long tookMs, double lostPercent) {
        String report = "{\"sum\": {\"packets\": 2083, \"lost_packets\": 12, \"lost_percent\": " + lostPercent + "}}";
        return Throughput.udp(JsonMapper.builder().build().readTree(report), took(tookMs))
                .verdict();
    }

    @Test
    void shouldExcuseVoiceByWhatIsBeyondHalfTheBound() {
        assertThat(voice(0, 6)).isEqualTo(Verdict.PASSED);
        assertThat(voice(4, 8)).isEqualTo(Verdict.FAILED);
        assertThat(voice(5, 8)).isEqualTo(Verdict.SKIPPED);
    }

    private static Verdict voice(long tookMs, long p999Ms) {
        ClassMeasure measure = new ClassMeasure(0, 1_200, 0, 0, 0, p999Ms * MS, p999Ms * MS);
        return VoiceDelay.delay(6 * MS, took(tookMs), measure, measure).verdict();
    }

    @Test
    void shouldExcuseLostVoiceByTheRingOfThePort() {
        // 512 frames at 5,095 of the flood and 400 of voice a second: 93 ms
        Report lossy = new Report(1_200, 1_199, 0, 0);
        assertThat(VoiceDelay.loss(took(0), new Report(1_200, 1_200, 0, 0)).verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(VoiceDelay.loss(took(85), lossy).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(VoiceDelay.loss(took(100), lossy).verdict()).isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void shouldExcuseALossWithoutControlByTheRingOfThePort() {
        Report lossy = new Report(4_000, 3_990, 0, 0);
        assertThat(ControlDeath.loss(took(255), lossy).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(ControlDeath.loss(took(256), lossy).verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(ControlDeath.loss(took(10_000), new Report(4_000, 0, 0, 0)).verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void shouldExcuseASilenceByWhatIsBeyondHalfTheBound() {
        assertThat(silent(0, true, 2_900).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(silent(2_400, true, 4_000).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(silent(2_500, true, 4_000).verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(silent(6_400, false, 900).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void shouldNotBelieveThatADeadDataPlaneLosesNothing() {
        assertThat(DataPlaneDeath.outcome(took(10_000), true, new Report(9_000, 9_000, 0, 0))
                        .verdict())
                .isEqualTo(Verdict.FAILED);
    }

    private static Outcome silent(long tookMs, boolean flowsAgain, long silenceMs) {
        return DataPlaneDeath.outcome(took(tookMs), flowsAgain, new Report(9_000, 5_000, 0, silenceMs * MS));
    }
}
