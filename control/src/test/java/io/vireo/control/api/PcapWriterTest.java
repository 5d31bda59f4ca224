package io.vireo.control.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.view.CapturedFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PcapWriterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PcapWriter writer = new PcapWriter(out);

    /** draft-ietf-opsawg-pcap §4: magic of nanoseconds, version 2.4, snap length, link type 1. */
    @Test
    void shouldBeginAtOnceWithTheFileHeader() throws IOException {
        writer.begin(128);
        assertThat(hex()).isEqualTo("4d3cb2a1" + "02000400" + "00000000" + "00000000" + "80000000" + "01000000");
    }

    /** §5: seconds, nanoseconds, captured length, original length; a cut frame keeps its original length. */
    @Test
    void shouldWriteTimeAndBothLengths() throws IOException {
        writer.write(new CapturedFrame(7, "received", "", 3_000_000_005L, 1_500, new byte[] {1, 2, 3}));
        assertThat(hex()).isEmpty();
        writer.flush();
        assertThat(hex()).isEqualTo("03000000" + "05000000" + "03000000" + "dc050000" + "010203");
    }

    private String hex() {
        return HexFormat.of().formatHex(out.toByteArray());
    }
}
