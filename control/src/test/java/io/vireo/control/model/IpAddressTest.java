package io.vireo.control.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.1.1, 10.0.1.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "2001:DB8::1, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "fe80:0:0:0:0:0:0:0, fe80::",
        "1:0:0:0:0:0:0:8, 1::8",
        "::ffff:10.0.0.1, ::ffff:a00:1",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    })
    void shouldPrintCanonicalForm(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.1",
                "10.0.1.256",
                "10.0.01.1",
                "1.2.3.4.5",
                "10.0.1.-1",
                "localhost",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "fe80::1%eth0",
                "1.2.3.4::",
                "1.2.3.4::1.2.3.4",
                "g::",
                "::1.2.3",
                "1:",
                ":1"
            })
    void shouldRefuseWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldAgreeWithTheJdkOnRandomAddresses() throws UnknownHostException {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            for (int j = 0; j < bytes.length; j++) {
                if (random.nextInt(3) > 0) {
                    bytes[j] = 0;
                }
            }
            IpAddress address = IpAddress.of(bytes);
            assertThat(address.toBytes()).isEqualTo(bytes);
            assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
            InetAddress jdk = InetAddress.getByAddress(bytes);
            if (jdk.getAddress().length == bytes.length) {
                assertThat(IpAddress.parse(jdk.getHostAddress())).isEqualTo(address);
                assertThat(address.isMulticast()).isEqualTo(jdk.isMulticastAddress());
                assertThat(address.isLinkLocal()).isEqualTo(jdk.isLinkLocalAddress());
            }
        }
    }

    @Test
    void shouldAgreeWithBitByBitComparisonOnPrefixes() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            int length = random.nextInt(bytes.length * 8 + 1);
            IpPrefix prefix = IpPrefix.containing(IpAddress.of(bytes), length);
            byte[] other = bytes.clone();
            int flipped = random.nextInt(bytes.length * 8);
            other[flipped / 8] ^= (byte) (0x80 >>> flipped % 8);
            assertThat(prefix.contains(IpAddress.of(bytes))).isTrue();
            assertThat(prefix.contains(IpAddress.of(other))).isEqualTo(flipped >= length);
            assertThat(prefix.contains(prefix.last())).isTrue();
            assertThat(IpPrefix.parse(prefix.toString())).isEqualTo(prefix);
        }
    }

    @Test
    void shouldKnowTheBroadcastAddress() {
        assertThat(IpPrefix.parse("10.0.1.0/24").last()).hasToString("10.0.1.255");
        assertThat(IpPrefix.parse("0.0.0.0/0").last()).hasToString("255.255.255.255");
        assertThat(IpPrefix.parse("2001:db8::/126").last()).hasToString("2001:db8::3");
    }

    @Test
    void shouldRefusePrefixWithHostBits() {
        assertThatThrownBy(() -> IpPrefix.parse("10.0.1.1/24")).hasMessageContaining("write 10.0.1.0/24");
    }

    @Test
    void shouldDeriveUnicastLocallyAdministeredMacs() {
        for (int i = 0; i < 1_000; i++) {
            MacAddress mac = MacAddress.derivedFrom("lab1/blue/r1/h" + i);
            assertThat(mac.isUnicast()).isTrue();
            assertThat(mac.toBytes()[0] & 3).isEqualTo(2);
            assertThat(MacAddress.parse(mac.toString())).isEqualTo(mac);
            assertThat(MacAddress.of(mac.toBytes())).isEqualTo(mac);
        }
    }
}
