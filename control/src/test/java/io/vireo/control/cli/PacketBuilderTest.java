package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.MacAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketBuilderTest {

    /** Frames as scapy builds them: an implementation that shares no code with ours. */
    @ParameterizedTest
    @CsvSource({
        "10.0.1.2, 10.0.2.2, icmp, 02000000000102000000000208004500002000000000400163da0a0001020a0002020800f7ff0000000000000000",
        "10.0.1.2, 10.0.2.2, udp, 02000000000102000000000208004500002000000000401163ca0a0001020a0002029c400050000c4c4200000000",
        "10.0.1.2, 10.0.2.2, tcp, 02000000000102000000000208004500002c00000000400663c90a0001020a0002029c40005000000001000000005002fffffc49000000000000",
        "2001:db8::1, 2001:db8::2, icmp, 02000000000102000000000286dd60000000000c3a4020010db800000000000000000000000120010db8000000000000000000000002800024440000000000000000",
        "2001:db8::1, 2001:db8::2, udp, 02000000000102000000000286dd60000000000c114020010db800000000000000000000000120010db80000000000000000000000029c400050000c07d100000000",
        "2001:db8::1, 2001:db8::2, tcp, 02000000000102000000000286dd600000000018064020010db800000000000000000000000120010db80000000000000000000000029c40005000000001000000005002ffffb7d8000000000000"
    })
    void shouldBuildWhatScapyBuilds(String source, String destination, String protocol, String expected) {
        byte[] frame = builder(source, destination).payload(4).build(PacketBuilder.Protocol.parse(protocol));
        assertThat(HexFormat.of().formatHex(frame)).isEqualTo(expected);
    }

    /** The sum over everything a checksum covers, itself included, is all ones (RFC 1071 §1). */
    @ParameterizedTest
    @CsvSource({
        "10.0.1.2, 10.0.2.2, udp, 17",
        "10.0.1.2, 10.0.2.2, tcp, 6",
        "2001:db8::1, 2001:db8::2, icmp, 58",
        "2001:db8::1, 2001:db8::2, udp, 17",
        "2001:db8::1, 2001:db8::2, tcp, 6"
    })
    void shouldChecksumWhatIsCovered(String source, String destination, String protocol, int number) {
        for (int payload : new int[] {0, 1, 55, 1_400}) {
            byte[] frame = builder(source, destination).payload(payload).build(PacketBuilder.Protocol.parse(protocol));
            boolean ipv4 = source.indexOf('.') > 0;
            int header = ipv4 ? 20 : 40;
            byte[] addresses = Arrays.copyOfRange(frame, 14 + (ipv4 ? 12 : 8), 14 + header);
            byte[] segment = Arrays.copyOfRange(frame, 14 + header, frame.length);
            assertThat(folded(sum(addresses) + number + segment.length + sum(segment)))
                    .isEqualTo(0xFFFF);
            if (ipv4) {
                assertThat(folded(sum(Arrays.copyOfRange(frame, 14, 34)))).isEqualTo(0xFFFF);
            }
        }
    }

    @Test
    void shouldRefuseWhatFitsInNoPacket() {
        assertThatThrownBy(() -> builder("10.0.0.1", "::1")).hasMessageContaining("not of the same family");
        assertThatThrownBy(() -> builder("10.0.0.1", "10.0.0.2").ttl(256)).hasMessageContaining("time to live 256");
        assertThatThrownBy(() -> builder("10.0.0.1", "10.0.0.2").ports(0, 65_536))
                .hasMessageContaining("port 65536");
        assertThatThrownBy(() -> PacketBuilder.Protocol.parse("sctpx")).hasMessageContaining("is not a protocol");
        assertThatThrownBy(() -> PacketBuilder.Protocol.parse("256")).hasMessageContaining("between 0 and 255");
    }

    private static PacketBuilder builder(String source, String destination) {
        return new PacketBuilder(MacAddress.parse("02:00:00:00:00:02"), MacAddress.parse("02:00:00:00:00:01"))
                .addresses(IpAddress.parse(source), IpAddress.parse(destination))
                .ports(40_000, 80);
    }

    private static long sum(byte[] bytes) {
        long sum = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            sum += (bytes[i] & 0xFF) * 256L + (i + 1 < bytes.length ? bytes[i + 1] & 0xFF : 0);
        }
        return sum;
    }

    private static long folded(long sum) {
        return sum == 0 ? 0 : (sum - 1) % 0xFFFF + 1;
    }
}
