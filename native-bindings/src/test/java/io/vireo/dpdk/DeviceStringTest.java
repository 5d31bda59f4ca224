package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceStringTest {
    @ParameterizedTest
    @CsvSource({
        "net_null_p0, net_null_p0",
        "'net_pcap_p0,rx_pcap=a.pcap,infinite_rx=1', net_pcap_p0",
        "0000:3b:00.0, 0000:3b:00.0",
        "pci:0000:3b:00.0, 0000:3b:00.0",
        "'vdev:net_null0,size=64', net_null0",
    })
    void shouldFindTheNameInADeviceString(String device, String name) {
        assertThat(DeviceString.name(device)).isEqualTo(name);
    }
}
