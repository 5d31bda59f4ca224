package io.vireo.bench.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.pcap.PcapFile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamTimesTest {
    private static final long MS = 1_000_000;

    /** 1,000 bytes at 8 Mbit/s: 1 ms each. */
    private static final long RATE = 8_000_000;

    private static final int BYTES = 1_000;

    @Test
    void shouldNotBlameTheLineForWhatTheSenderSentTooFast() {
        StreamTimes times = new StreamTimes(Map.of(0, 0L, 1, 0L, 2, 0L), Map.of(0, MS, 1, 2 * MS, 2, 3 * MS));
        assertThat(times.worstLagNs(RATE, BYTES)).isZero();
    }

    @Test
    void shouldTellTheLatestDatagram() {
        StreamTimes times =
                new StreamTimes(Map.of(0, 0L, 1, 10 * MS, 2, 10 * MS), Map.of(0, 5 * MS, 1, 18 * MS, 2, 19 * MS));
        assertThat(times.worstLagNs(RATE, BYTES)).isEqualTo(7 * MS);
    }

    @Test
    void shouldCountLostDatagramsAndKeepTheirPlace() {
        StreamTimes times = new StreamTimes(Map.of(0, 0L, 1, 0L, 2, 0L), Map.of(0, MS, 2, 3 * MS));
        assertThat(times.lost()).isEqualTo(1);
        assertThat(times.worstLagNs(RATE, BYTES)).isZero();
    }

    @Test
    void shouldPickTheStreamOutOfCaptures() {
        PcapFile sent = new PcapFile(
                List.of(udp(5, 4711, 0), udp(6, 4712, 1), udp(7, 4711, 1), new PcapFile.Frame(8, new byte[20])));
        PcapFile arrived = new PcapFile(List.of(udp(9, 4711, 0), udp(10, 4711, 0)));
        StreamTimes times = StreamTimes.of(sent, arrived, 4711);
        assertThat(times.sentNs()).isEqualTo(Map.of(0, 5L, 1, 7L));
        assertThat(times.arrivedNs()).isEqualTo(Map.of(0, 9L));
        assertThat(times.lost()).isEqualTo(1);
    }

    private static PcapFile.Frame udp(long timestampNs, int port, int number) {
        byte[] bytes = new byte[60];
        ByteBuffer.wrap(bytes).put(23, (byte) 17).putShort(36, (short) port).putInt(42, number);
        return new PcapFile.Frame(timestampNs, bytes);
    }
}
