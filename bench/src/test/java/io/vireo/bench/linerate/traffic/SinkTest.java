package io.vireo.bench.linerate.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.EalExtension;
import io.vireo.dpdk.EthdevPort;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.MempoolConfig;
import io.vireo.dpdk.PortConfig;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What arrives comes from a port that gives back what it is sent. */
@ExtendWith(EalExtension.class)
class SinkTest {
    private static final int TRIAL = 5;
    private static final int FLOWS = 2;
    private static final int FRAME_BYTES = 60;
    private static final int ETHERTYPE_OFFSET = 12;
    private static final int TTL_OFFSET = 22;
    private static final int SOURCE_OFFSET = 26;
    private static final int DESTINATION_OFFSET = 30;
    private static final long MAC_A = 0x020000000001L;
    private static final long MAC_B = 0x020000000002L;

    private final MbufArray mbuf = MbufArray.allocate(1);
    private final FrameTemplates templates = new FrameTemplates(FLOWS, new int[] {FRAME_BYTES}, MAC_A, MAC_B);
    private final TrialRequest request = new TrialRequest(
            List.of(new Phase(1e6, 4)), FLOWS, List.of(64), MAC_A, MAC_B, new Rewrite(MAC_A, MAC_B, BenchFrame.TTL));
    private final Mempool pool =
            Mempool.create("sink-test", new MempoolConfig().mbufs(255).cacheMbufs(0));
    private final Sink sink = new Sink(request, TRIAL, MbufArray.allocate(Sink.BURST), 0);
    private EthdevPort port;

    @BeforeEach
    void plug() {
        port = EthdevPort.plug("net_ring_sinktest");
        port.configure(new PortConfig(), pool);
        port.start();
    }

    @AfterEach
    void unplug() {
        port.close();
        pool.close();
    }

    private long frame(int place) {
        assertThat(pool.allocate(mbuf, 0, 1)).isEqualTo(1);
        Mbuf.setLength(mbuf.get(0), FRAME_BYTES);
        long frame = Mbuf.dataAddress(mbuf.get(0));
        templates.write(frame, place % FLOWS, 0, BenchFrame.number(TRIAL, place / FLOWS), 0);
        return frame;
    }

    private void send() {
        assertThat(port.txQueue(0).send(mbuf, 0, 1)).isEqualTo(1);
    }

    /** What Linux says on a veth: to nobody the generator knows, by IPv6. */
    private void sendNeighbourSolicitation() {
        long frame = frame(0);
        Memory.putShortBigEndian(frame + ETHERTYPE_OFFSET, 0x86dd);
        Memory.putIntBigEndian(frame + SOURCE_OFFSET, 0xfe80_0000);
        Memory.putIntBigEndian(frame + DESTINATION_OFFSET, 0);
        send();
    }

    private TrialReport report() {
        return sink.report(new Sender(request, TRIAL, pool, MbufArray.allocate(Sender.BURST), 0), 0);
    }

    @Test
    void shouldCountForeignFramesAndNothingElseOfThem() {
        sendNeighbourSolicitation();
        for (int place = 0; place < 4; place++) {
            frame(place);
            send();
            sendNeighbourSolicitation();
        }
        assertThat(sink.poll(port.rxQueue(0))).isEqualTo(4);

        TrialReport report = report();
        assertThat(report.receivedFrames()).isEqualTo(4);
        assertThat(report.foreignFrames()).isEqualTo(5);
        assertThat(report.sampledFrames()).isEqualTo(1);
        assertThat(report.fault()).isEmpty();
        assertThat(report.strayFrames() + report.misroutedFrames() + report.reorderedFrames())
                .isZero();
    }

    @Test
    void shouldNotTakeForeignFramesForAnEndOfSilence() {
        sendNeighbourSolicitation();
        assertThat(sink.poll(port.rxQueue(0))).isZero();
        assertThat(sink.lastArrivalNs()).isZero();
    }

    /** A device that spoils an address must not pass for somebody else. */
    @Test
    void shouldBlameTheDeviceForASpoiledFrame() {
        Memory.putIntBigEndian(frame(0) + SOURCE_OFFSET, 0x0a00_0001);
        send();
        assertThat(sink.poll(port.rxQueue(0))).isEqualTo(1);
        assertThat(report().foreignFrames()).isZero();
        assertThat(report().fault()).startsWith("IPv4 checksum's remainder");
    }

    @Test
    void shouldBlameTheDeviceForAnEthertype() {
        Memory.putShortBigEndian(frame(0) + ETHERTYPE_OFFSET, 0x86dd);
        send();
        sink.poll(port.rxQueue(0));
        assertThat(report().misroutedFrames()).isEqualTo(1);
    }

    @Test
    void shouldSayWhichFrameNobodySent() {
        Memory.putShortBigEndian(frame(0) + BenchFrame.FLOW, 9);
        send();
        sink.poll(port.rxQueue(0));
        frame(2);
        Memory.putByte(Mbuf.dataAddress(mbuf.get(0)) + TTL_OFFSET, (byte) BenchFrame.TTL);
        send();
        sink.poll(port.rxQueue(0));
        assertThat(report().strayFrames()).isEqualTo(1);
        assertThat(report().fault()).isEqualTo("flow 9 of 2");
    }

    @Test
    void shouldBlameTheDeviceForWhatComesBackTheWayItWent() {
        sendNeighbourSolicitation();
        frame(0);
        send();
        sink.pollSendingPort(port.rxQueue(0));
        assertThat(report().misroutedFrames()).isEqualTo(1);
        assertThat(report().foreignFrames()).isEqualTo(1);
        assertThat(report().receivedFrames()).isZero();
    }
}
