package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Packets with contents, through ports that keep them: a ring, and pcap files. */
@ExtendWith(RunningEal.class)
class PacketPortsTest {
    private final Random random = new Random(11);
    private final Mempool pool =
            Mempool.create("packet-test", new MempoolConfig().mbufs(4095).cacheMbufs(0));
    private final MbufArray mbufs = MbufArray.allocate(4095);

    @AfterEach
    void closePool() {
        assertThat(pool.inUseCount()).as("mbufs leaked").isZero();
        pool.close();
    }

    @Test
    void shouldReceiveFromARingWhatWasSentIntoIt() {
        try (EthdevPort ring = started("net_ring_loop")) {
            pool.allocate(mbufs, 0, 32);
            assertThat(ring.txQueue(0).send(mbufs, 0, 32)).isEqualTo(32);

            MbufArray received = MbufArray.allocate(32);
            assertThat(ring.rxQueue(0).receive(received, 0, 32)).isEqualTo(32);

            for (int i = 0; i < 32; i++) {
                assertThat(received.get(i)).isEqualTo(mbufs.get(i));
            }
            assertThat(pool.inUseCount()).isEqualTo(32);
            Mempool.free(received, 0, 32);
        }
    }

    @Test
    void shouldLeaveTheCallerWhatADeviceHasNoRoomFor() {
        try (EthdevPort ring = started("net_ring_full")) {
            pool.allocate(mbufs, 0, 4000);

            int sent = ring.txQueue(0).send(mbufs, 0, 4000);

            assertThat(sent).isBetween(1, 3999);
            Mempool.free(mbufs, sent, 4000 - sent);
            assertThat(pool.inUseCount()).isEqualTo(sent);
            assertThat(ring.rxQueue(0).receive(mbufs, 0, 4000)).isEqualTo(sent);
            Mempool.free(mbufs, 0, sent);
        }
    }

    @Test
    void shouldCopyAPcapFilePacketByPacket(@TempDir Path directory) throws IOException {
        Path input = directory.resolve("in.pcap");
        Path output = directory.resolve("out.pcap");
        byte[][] packets = randomPackets(50);
        Files.write(input, PcapBytes.of(packets));

        try (EthdevPort port = started("net_pcap_copy,rx_pcap=" + input + ",tx_pcap=" + output)) {
            int total = 0;
            for (int received; (received = port.rxQueue(0).receive(mbufs, 0, 32)) > 0; total += received) {
                for (int i = 0; i < received; i++) {
                    assertThat(bytes(mbufs.get(i))).isEqualTo(packets[total + i]);
                }
                assertThat(port.txQueue(0).send(mbufs, 0, received)).isEqualTo(received);
            }
            assertThat(total).isEqualTo(packets.length);
        }

        assertThat(PcapBytes.packets(Files.readAllBytes(output))).isDeepEqualTo(packets);
    }

    private byte[][] randomPackets(int count) {
        byte[][] packets = new byte[count][];
        for (int i = 0; i < count; i++) {
            packets[i] = new byte[60 + random.nextInt(1455)];
            random.nextBytes(packets[i]);
        }
        return packets;
    }

    private static byte[] bytes(long mbuf) {
        byte[] bytes = new byte[Mbuf.packetLength(mbuf)];
        Memory.copy(Mbuf.dataAddress(mbuf), bytes, 0, bytes.length);
        return bytes;
    }

    private EthdevPort started(String device) {
        EthdevPort port = EthdevPort.plug(device);
        port.configure(new PortConfig(), pool);
        port.start();
        return port;
    }
}
