package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UdpPortsTest {
    private static final int A = 5;
    private static final int B = 15;

    private final UdpPorts ports = new UdpPorts();

    @Test
    void shouldKnowAPortUntilItsLastTunnelGoes() {
        ports.add(4789, A);
        ports.add(4789, A);
        ports.remove(4789, A);
        assertThat(UdpPorts.has(ports.kinds(4789), A)).isTrue();
        ports.remove(4789, A);
        assertThat(ports.kinds(4789)).isZero();
    }

    @Test
    void shouldDistinguishKindsAtAPort() {
        ports.add(65_535, A);
        ports.add(65_535, B);
        ports.add(0, B);
        ports.remove(65_535, A);
        assertThat(UdpPorts.has(ports.kinds(65_535), A)).isFalse();
        assertThat(UdpPorts.has(ports.kinds(65_535), B)).isTrue();
        assertThat(UdpPorts.has(ports.kinds(0), A)).isFalse();
        assertThat(ports.kinds(1)).isZero();
    }
}
