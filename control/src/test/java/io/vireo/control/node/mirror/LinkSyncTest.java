package io.vireo.control.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.IpAddress;
import io.vireo.control.node.forwarding.ForwardingRoute;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkSyncTest {
    private MirroredNamespace namespace;

    @BeforeEach
    void open() {
        namespace = new MirroredNamespace();
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    @Test
    void shouldFollowMacAndMtu() {
        namespace.succeed("link set h1 address 02:00:00:00:00:77");
        await(() -> "02:00:00:00:00:77 1500".equals(namespace.link("h1")));
        namespace.succeed("link set h1 mtu 1400");
        await(() -> "02:00:00:00:00:77 1400".equals(namespace.link("h1")));
        namespace.succeed("link set h1 down");
        namespace.succeed("link set h1 mtu 1300");
        await(() -> "02:00:00:00:00:77 1300".equals(namespace.link("h1")));
        assertThat(namespace.limitations()).isEmpty();
    }

    @Test
    void shouldTakeWhatThePortTakesAndReportTheRest() {
        namespace.succeed("link set p2 mtu 9000");
        namespace.succeed("link set h2 mtu 9000");
        await(() -> !namespace.limitations().isEmpty());
        assertThat(namespace.link("h2")).endsWith(" 1500");
        assertThat(namespace.limitations())
                .containsExactly("packets over h2 that are longer than 1500 bytes are left to Linux,"
                        + " where its MTU is 9000: its port does not take them");

        namespace.succeed("link set h2 mtu 1500");
        await(() -> namespace.limitations().isEmpty());
    }

    @Test
    void shouldLeaveRoutesWithAnMtuOfTheirOwnToLinux() {
        namespace.succeed("route add 10.5.0.0/16 via 10.1.0.2 mtu lock 1300");
        namespace.succeed("route add 10.6.0.0/16 via 10.1.0.2 mtu 1300");
        namespace.succeed("route add 10.7.0.0/16 via 10.1.0.2 advmss 1300");
        await(() -> namespace.lookUp(IpAddress.parse("10.7.0.1")) != null);

        assertThat(namespace.lookUp(IpAddress.parse("10.5.0.1"))).isEqualTo(ForwardingRoute.PUNT);
        assertThat(namespace.lookUp(IpAddress.parse("10.6.0.1"))).isEqualTo(ForwardingRoute.PUNT);
        assertThat(namespace.lookUp(IpAddress.parse("10.7.0.1"))).isNotEqualTo(ForwardingRoute.PUNT);
        assertThat(namespace.limitations())
                .containsExactly("packets to 10.5.0.0/16 and 1 more prefixes are left to Linux, at the punt rate:"
                        + " a route has an MTU of its own");
        namespace.succeed("route change 10.5.0.0/16 via 10.1.0.2");
        await(() -> !ForwardingRoute.PUNT.equals(namespace.lookUp(IpAddress.parse("10.5.0.1"))));
    }

    private void await(BooleanSupplier condition) {
        assertThat(namespace.catchUpUntil(condition))
                .as(namespace.kernelState())
                .isTrue();
    }
}
