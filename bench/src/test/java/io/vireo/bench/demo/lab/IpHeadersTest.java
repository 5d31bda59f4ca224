package io.vireo.bench.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class IpHeadersTest {
    /** By scapy: ICMP in IP with a VNS option in IP. */
    private static final byte[] FRAME = HexFormat.of()
            .parseHex("0200000000aa0200000000090800"
                    + "4500003800010000400466b6c0000201c0000202"
                    + "460000240001000040012a4d0a0900010a09000288040007"
                    + "0800f7fe0000000000000000");

    @Test
    void shouldReadProtocolsFromTheOutsideIn() {
        assertThat(IpHeaders.protocols(FRAME)).isEqualTo("4 1");
    }

    /** Behind the ethertype: version and identifier, length, ethertype of what is inside. */
    @Test
    void shouldReadTheIdentifierOfAVirtualLink() {
        String inside = HexFormat.of().formatHex(FRAME).substring(24);
        String link = "88b5" + "00010007" + "0038" + inside;
        assertThat(IpHeaders.protocols(frame(link))).isEqualTo("link 65543 4 1");
        assertThat(IpHeaders.protocols(frame("8100a064" + link))).isEqualTo("link 65543 4 1");
        assertThat(IpHeaders.protocols(frame("8100a064" + inside)))
                .as("no virtual link's")
                .isEmpty();
        assertThat(IpHeaders.protocols(frame("88b5000100070001" + "86dd60"))).isEqualTo("link 65543");
        assertThat(IpHeaders.protocols(frame("88b500010007"))).isEmpty();
    }

    private static byte[] frame(String fromType) {
        return HexFormat.of().parseHex("0200000000aa020000000009" + fromType);
    }

    @Test
    void shouldEndWhereTheFrameEnds() {
        assertThat(IpHeaders.protocols(Arrays.copyOf(FRAME, 40))).isEqualTo("4");
        assertThat(IpHeaders.protocols(Arrays.copyOf(FRAME, 20))).isEmpty();
        byte[] endless = FRAME.clone();
        endless[14] = 0;
        assertThat(IpHeaders.protocols(endless)).isEqualTo("4 1");
        byte[] ipv6 = FRAME.clone();
        ipv6[12] = (byte) 0x86;
        assertThat(IpHeaders.protocols(ipv6)).isEmpty();
    }
}
