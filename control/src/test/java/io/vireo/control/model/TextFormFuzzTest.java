package io.vireo.control.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses, prefixes, bandwidths, times, devices and protocols as text. */
class TextFormFuzzTest {
    static Stream<byte[]> texts() {
        return Stream.of(
                        "10.0.1.1",
                        "255.255.255.255",
                        "010.0.0.1",
                        "::",
                        "2001:db8::1",
                        "::ffff:192.0.2.1",
                        "1:2:3:4:5:6:7:8",
                        "fe80::1%eth0",
                        "10.0.0.0/8",
                        "10.0.0.1/8",
                        "2001:db8::/32",
                        "::/129",
                        "02:00:00:00:00:01",
                        "FF:ff:Ff:00:00:00",
                        "10Mbit",
                        "9223372036Gbit",
                        "999999999999Gbit",
                        "0bit",
                        "500us",
                        "999999999s",
                        "af_packet:veth-b1",
                        "pci:0000:3b:00.0",
                        "vdev:net_pcap_p4,rx_pcap=in.pcap",
                        "null",
                        "udp",
                        "255",
                        "256")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Any text is either refused with a reason, or read as a value that prints as a text of the same value. */
    @MethodSource("texts")
    @FuzzTest
    void shouldReadWhatItPrintsOrRefuse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        readAndPrint(text, IpAddress::parse);
        readAndPrint(text, IpPrefix::parse);
        readAndPrint(text, InterfaceAddress::parse);
        readAndPrint(text, MacAddress::parse);
        readAndPrint(text, Bandwidth::parse);
        readAndPrint(text, TimeSpan::parse);
        readAndPrint(text, Device::parse);
        readAndPrint(text, IpProtocol::parse);
    }

    private static <T> void readAndPrint(String text, Function<String, T> parse) {
        T value;
        try {
            value = parse.apply(text);
        } catch (IllegalArgumentException e) {
            // Not a NumberFormatException: its text is no reason for an operator.
            assertThat(e).isExactlyInstanceOf(IllegalArgumentException.class);
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(parse.apply(value.toString())).isEqualTo(value);
    }
}
