package io.vireo.control.node.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VirtualLinkLayerTest {
    private static final int TYPE = 0x88b6;
    private static final String ADDRESSES = "0200000000aa020000000009";
    private static final String PACKET = "08004500001c";

    private static byte[] frame(String fromType) {
        return HexFormat.of().parseHex(ADDRESSES + fromType);
    }

    @Test
    void shouldReadTheIdentifierWithAndWithoutTag() {
        for (String tag : List.of("", "8100a064")) {
            byte[] frame = frame(tag + "88b6" + "00010007" + "001c" + PACKET);
            assertThat(VirtualLinkLayer.before(List.of(), frame, TYPE))
                    .containsExactly(new Layer("substrate", Map.of("id", "65543", "length", "28")));
            assertThat(VirtualLinkLayer.inside(frame, TYPE)).isEqualTo(frame(tag + PACKET));
        }
    }

    @Test
    void shouldLeaveOtherFramesAsTheyAre() {
        byte[] whole = frame("88b6" + "00010007" + "001c" + "0800");
        for (int bytes = 0; bytes < whole.length; bytes++) {
            byte[] cut = Arrays.copyOf(whole, bytes);
            assertThat(VirtualLinkLayer.before(List.of(), cut, TYPE)).isEmpty();
            assertThat(VirtualLinkLayer.inside(cut, TYPE)).isEqualTo(cut);
        }
        assertThat(VirtualLinkLayer.before(List.of(), whole, TYPE + 1)).isEmpty();
        assertThat(VirtualLinkLayer.before(List.of(), frame(PACKET), TYPE)).isEmpty();
    }
}
