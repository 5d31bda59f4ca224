package io.vireo.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowsTest {
    @Test
    void shouldMakeMinimumSizeFrames() {
        assertThat(Flows.taggedFrame(999)).hasSize(Flows.FRAME_BYTES);
        assertThat(Flows.untaggedFrame(999)).hasSize(Flows.FRAME_BYTES);
    }

    @Test
    void shouldTagEachFlowWithItsVlanAndSendItToItsPrefix() {
        ByteBuffer frame = ByteBuffer.wrap(Flows.taggedFrame(999));
        assertThat(frame.getShort(12)).isEqualTo((short) 0x8100);
        assertThat(frame.getShort(14)).isEqualTo((short) 1000);
        assertThat(frame.getShort(16)).isEqualTo((short) 0x0800);
        assertThat(frame.getInt(18 + 16)).isEqualTo(10 << 24 | 3 << 16 | 231 << 8 | 1); // 10.3.231.1
    }

    @Test
    void shouldHaveAHeaderChecksumThatSumsToAllOnes() {
        for (int flow = 0; flow < 1000; flow++) {
            assertThat(sum(Flows.taggedFrame(flow), 18)).isEqualTo(0xffff);
            assertThat(sum(Flows.untaggedFrame(flow), 14)).isEqualTo(0xffff);
        }
    }

    @Test
    void shouldFillTheFrameWithThePacket() {
        assertThat(ByteBuffer.wrap(Flows.taggedFrame(0)).getShort(18 + 2)).isEqualTo((short) (Flows.FRAME_BYTES - 18));
        assertThat(ByteBuffer.wrap(Flows.untaggedFrame(0)).getShort(14 + 2))
                .isEqualTo((short) (Flows.FRAME_BYTES - 14));
    }

    @Test
    void shouldWriteOneRecordPerFlow(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("flows.pcap");
        new Flows(1000).writeTagged(file);
        assertThat(Files.size(file)).isEqualTo(24 + 1000L * (16 + Flows.FRAME_BYTES));
    }

    @Test
    void shouldWriteL3fwdsRulesForTheSamePrefixes() {
        assertThat(new Flows(1000).l3fwdRules())
                .hasSize(1000)
                .startsWith("R10.0.0.0/24 0", "R10.0.1.0/24 0")
                .endsWith("R10.3.231.0/24 0");
    }

    @Test
    void shouldRefuseMoreFlowsThanThereAreVlans() {
        assertThatThrownBy(() -> new Flows(4095)).hasMessageContaining("4095");
        assertThatThrownBy(() -> new Flows(0)).hasMessageContaining("0");
    }

    /** The one's complement sum of an IPv4 header, checksum included: RFC 1071. */
    private static int sum(byte[] frame, int start) {
        int sum = 0;
        for (int offset = start; offset < start + 20; offset += 2) {
            sum += ((frame[offset] & 0xff) << 8) + (frame[offset + 1] & 0xff);
        }
        return (sum & 0xffff) + (sum >> 16);
    }
}
