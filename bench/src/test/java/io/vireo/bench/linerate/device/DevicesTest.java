package io.vireo.bench.linerate.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.bench.linerate.traffic.Rewrite;
import io.vireo.bench.report.NotMeasuredException;
import org.junit.jupiter.api.Test;

class DevicesTest {
    private static final String PRINTED = """
            Initializing port 0 ... Creating queues: nb_rxq=1 nb_txq=1...  Address:02:00:00:00:00:01, Destination:02:00:00:00:00:00,
            Initializing port 1 ... Creating queues: nb_rxq=1 nb_txq=1...  Address:3E:5F:00:12:aB:04, Destination:02:00:00:00:00:03,
            """;

    @Test
    void shouldExpectTheAddressThatL3fwdSendsFrom() {
        assertThat(Devices.l3fwdRewrite(PRINTED, 1))
                .isEqualTo(new Rewrite(DeviceUnderTest.SINK_MAC, 0x3E5F0012AB04L, 63));
        assertThat(Devices.l3fwdRewrite(PRINTED, 0))
                .isEqualTo(new Rewrite(DeviceUnderTest.SINK_MAC, DeviceUnderTest.ROUTER_MAC, 63));
    }

    @Test
    void shouldNotGuessAnAddress() {
        assertThatThrownBy(() -> Devices.l3fwdRewrite(PRINTED, 2))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessage("l3fwd did not say the address of its port 2");
    }
}
