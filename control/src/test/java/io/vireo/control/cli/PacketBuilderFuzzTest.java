package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.MacAddress;
import java.nio.ByteBuffer;

/** Packets of `vireo trace` from any options. */
class PacketBuilderFuzzTest {
    private static final int ETHERNET_BYTES = 14;
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");

    /** A frame's lengths and checksums are right and UDP has a checksum (RFC 768, RFC 8200 §8.1), or it is refused. */
    @FuzzTest
    void shouldBuildConsistentFramesOrRefuse(FuzzedDataProvider data) {
        boolean ipv4 = data.consumeBoolean();
        int number = data.consumeBoolean() ? 17 : data.consumeInt(0, 300);
        byte[] frame;
        PacketBuilder.Protocol protocol;
        try {
            protocol = PacketBuilder.Protocol.parse(Integer.toString(number));
            frame = new PacketBuilder(MAC, MAC)
                    .addresses(address(data, ipv4), address(data, data.consumeProbabilityFloat() > 0.05f == ipv4))
                    .ttl(data.consumeInt(-1, 256))
                    .ports(data.consumeInt(-1, 65_536), data.consumeInt(-1, 65_536))
                    .payload(data.consumeInt(-1, 100))
                    .build(protocol);
        } catch (IllegalArgumentException e) {
            assertThat(e).isExactlyInstanceOf(IllegalArgumentException.class);
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        int header = ipv4 ? 20 : 40;
        ByteBuffer packet = ByteBuffer.wrap(frame, ETHERNET_BYTES, frame.length - ETHERNET_BYTES)
                .slice();
        assertThat(ipv4 ? packet.getShort(2) : packet.getShort(4) + header).isEqualTo(frame.length - ETHERNET_BYTES);
        if (number == 17) {
            assertThat(packet.getShort(header + 6)).isNotZero();
        }
        if (number == 17 || number == 6) {
            long sum = (long) number + packet.capacity() - header;
            for (int at = ipv4 ? 12 : 8; at < packet.capacity(); at += 2) {
                sum += at + 1 < packet.capacity() ? packet.getShort(at) & 0xFFFF : (packet.get(at) & 0xFF) << 8;
            }
            assertThat(sum % 0xFFFF).isZero();
        }
    }

    private static IpAddress address(FuzzedDataProvider data, boolean ipv4) {
        return ipv4 ? IpAddress.ofIpv4(data.consumeInt()) : IpAddress.ofIpv6(data.consumeLong(), data.consumeLong());
    }
}
