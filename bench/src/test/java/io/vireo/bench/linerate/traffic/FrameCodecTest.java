package io.vireo.bench.linerate.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dpdk.Memory;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link FrameTemplates} writes, {@link FrameDecoder} accepts; and nothing else. */
final class FrameCodecTest {
    private static final long TO = 0x020000000001L;
    private static final long FROM = 0x0200000000feL;
    private static final int FLOWS = 300;
    private static final int[] LENGTHS = {60, 566, 1514};

    private final Arena arena = Arena.ofConfined();
    private final long frame = arena.allocate(2048, 64).address();
    private final FrameTemplates templates = new FrameTemplates(FLOWS, LENGTHS, TO, FROM);
    private final FrameDecoder decoder = new FrameDecoder(FLOWS, new Rewrite(TO, FROM, 64));

    @AfterEach
    void freeMemory() {
        arena.close();
    }

    @Test
    void shouldDecodeWhatItWrote() {
        for (int flow = 0; flow < FLOWS; flow++) {
            for (int size = 0; size < LENGTHS.length; size++) {
                templates.write(frame, flow, size, BenchFrame.number(65_535, 123_456_789_012L), Long.MIN_VALUE + flow);
                assertThat(decoder.fault(frame, LENGTHS[size])).isNull();
                assertThat(BenchFrame.readFlow(frame)).isEqualTo(flow);
                assertThat(BenchFrame.trial(BenchFrame.readNumber(frame))).isEqualTo(65_535);
                assertThat(BenchFrame.place(BenchFrame.readNumber(frame))).isEqualTo(123_456_789_012L);
                assertThat(BenchFrame.readDueNs(frame)).isEqualTo(Long.MIN_VALUE + flow);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, destination MAC",
        "6, source MAC",
        "12, ethertype",
        "14, version",
        "16, IPv4 length",
        "22, TTL",
        "23, protocol",
        "24, checksum",
        "26, checksum",
        "30, checksum",
        "34, source port",
        "36, destination port",
        "38, UDP length"
    })
    void shouldNameTheFieldThatIsWrong(int offset, String field) {
        templates.write(frame, 5, 0, 0, 0);
        Memory.putByte(frame + offset, (byte) (Memory.getByte(frame + offset) ^ 1));
        assertThat(decoder.fault(frame, 60)).contains(field);
    }

    /** A router that sends a flow another flow's way, with everything else right. */
    @Test
    void shouldNoticeAFlowThatWentAstray() {
        templates.write(frame, 5, 0, 0, 0);
        Memory.putShortBigEndian(frame + BenchFrame.FLOW, 6);
        assertThat(decoder.fault(frame, 60)).contains("destination address of flow 6");
        Memory.putShortBigEndian(frame + BenchFrame.FLOW, FLOWS);
        assertThat(decoder.fault(frame, 60)).isEqualTo("flow 300 of 300");
    }

    @Test
    void shouldNoticeFramesOfAnotherLength() {
        templates.write(frame, 5, 1, 0, 0);
        assertThat(decoder.fault(frame, 565)).contains("IPv4 length");
        assertThat(decoder.fault(frame, 59)).contains("length 59");
    }

    /** Any change of any bit before the number is a fault, but in the fields that say nothing here. */
    @Test
    void shouldNotTakeDamagedHeaders() {
        for (int bit = 0; bit < BenchFrame.FLOW * Byte.SIZE; bit++) {
            int offset = bit / Byte.SIZE;
            boolean udpChecksum = offset == 40 || offset == 41;
            templates.write(frame, 5, 0, 0, 0);
            Memory.putByte(frame + offset, (byte) (Memory.getByte(frame + offset) ^ 1 << bit % Byte.SIZE));
            if (!udpChecksum) {
                assertThat(decoder.fault(frame, 60)).as("bit %d", bit).isNotNull();
            }
        }
    }

    /** Whatever arrives, the decoder answers. */
    @Test
    void shouldSurviveNoise() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 100_000; i++) {
            for (int offset = 0; offset < 64; offset += Long.BYTES) {
                Memory.putLong(frame + offset, random.nextLong());
            }
            assertThat(decoder.fault(frame, random.nextInt(2048))).isNotNull();
        }
    }
}
