package io.vireo.bench.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over this machine's loopback interface, with a relay in between that can lose and double datagrams. */
@Timeout(60)
class NumberedStreamTest {
    private static final int PACKETS_PER_SECOND = 2000;
    private static final int RELAYED = 200;

    @Test
    void shouldCountEachDatagramThatArrives() throws IOException, InterruptedException {
        NumberedStream.Report report = relay((number, copy) -> copy == 0);
        assertThat(report.received()).isEqualTo(RELAYED);
        assertThat(report.duplicates()).isZero();
        assertThat(report.lost()).isEqualTo(report.sent() - RELAYED);
    }

    @Test
    void shouldMissLostDatagrams() throws IOException, InterruptedException {
        NumberedStream.Report report = relay((number, copy) -> copy == 0 && number % 10 != 0);
        assertThat(report.received()).isEqualTo(RELAYED - RELAYED / 10);
    }

    @Test
    void shouldTellDuplicatesFromArrivals() throws IOException, InterruptedException {
        NumberedStream.Report report = relay((number, copy) -> true);
        assertThat(report.received()).isEqualTo(RELAYED);
        assertThat(report.duplicates()).isEqualTo(RELAYED);
    }

    /** A sender that had no CPU for a second does not send that second's datagrams at once: no class guarantees that. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32})
    void shouldCatchUpByNoMoreThanItsPaceAllows(int catchUpPackets) {
        NumberedStream.Pace pace = new NumberedStream.Pace(PACKETS_PER_SECOND, 200, 0, catchUpPackets);
        long nowNs = 1_000_000_000;
        long dueNs = 0;
        int sentAtOnce = 0;
        while (dueNs <= nowNs) {
            dueNs = pace.nextNs(dueNs, nowNs);
            sentAtOnce++;
        }
        assertThat(sentAtOnce).isEqualTo(1 + catchUpPackets);
        assertThat(dueNs).isEqualTo(nowNs + 1_000_000_000 / PACKETS_PER_SECOND);
    }

    @Test
    void shouldMakeUpForATimerThatIsALittleLateEachTime() {
        NumberedStream.Pace pace = NumberedStream.Pace.of(PACKETS_PER_SECOND);
        long dueNs = 0;
        for (int sent = 0; sent < PACKETS_PER_SECOND; sent++) {
            dueNs = pace.nextNs(dueNs, dueNs + 60_000);
        }
        assertThat(dueNs).isEqualTo(1_000_000_000);
    }

    /** Which copies of which datagrams pass. */
    private interface Filter {
        boolean passes(int number, int copy);
    }

    /** Passes the first RELAYED datagrams of a stream through a filter, then stops the stream. */
    private static NumberedStream.Report relay(Filter filter) throws IOException, InterruptedException {
        try (DatagramChannel middle = bound();
                DatagramChannel receiver = bound();
                DatagramChannel sender = DatagramChannel.open().connect(middle.getLocalAddress())) {
            SocketAddress destination = receiver.getLocalAddress();
            NumberedStream stream = NumberedStream.start(sender, receiver, NumberedStream.Pace.of(PACKETS_PER_SECOND));
            ByteBuffer datagram = ByteBuffer.allocate(2048);
            for (int relayed = 0; relayed < RELAYED; relayed++) {
                middle.receive(datagram.clear());
                datagram.flip();
                int number = datagram.getInt(0);
                for (int copy = 0; copy < 2; copy++) {
                    if (filter.passes(number, copy)) {
                        middle.send(datagram.duplicate(), destination);
                    }
                }
            }
            return stream.stop();
        }
    }

    private static DatagramChannel bound() throws IOException {
        return DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
}
