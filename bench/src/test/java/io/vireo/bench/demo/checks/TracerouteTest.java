package io.vireo.bench.demo.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TracerouteTest {
    @Test
    void shouldReadTheHops() {
        String text = """
                traceroute to 10.0.2.2 (10.0.2.2), 40 hops max, 60 byte packets
                 1  10.0.1.1  0.341 ms
                 2  *
                 3  10.0.2.2  0.412 ms
                """;
        assertThat(Traceroute.hops(text)).containsExactly("10.0.1.1", "*", "10.0.2.2");
    }

    @Test
    void shouldReadIpv6Hops() {
        String text = """
                traceroute to 2001:db8:2::2 (2001:db8:2::2), 40 hops max, 80 byte packets
                 1  2001:db8:1::1  0.341 ms
                10  2001:db8:2::2  0.412 ms
                """;
        assertThat(Traceroute.hops(text)).containsExactly("2001:db8:1::1", "2001:db8:2::2");
    }

    @Test
    void shouldReadNoHopsFromAnError() {
        assertThat(Traceroute.hops("connect: Network is unreachable\n")).isEmpty();
    }
}
