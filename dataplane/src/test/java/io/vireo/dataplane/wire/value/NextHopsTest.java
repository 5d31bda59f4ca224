package io.vireo.dataplane.wire.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NextHopsTest {

    @Test
    void shouldKeepWhatIsAddedInOrder() {
        NextHops hops = new NextHops().add(7, 1, 2, 3).add(8, 0, 0, 255);
        assertThat(hops.size()).isEqualTo(2);
        assertThat(hops.interfaceId(0)).isEqualTo(7);
        assertThat(hops.gatewayHigh(0)).isEqualTo(1);
        assertThat(hops.gatewayLow(0)).isEqualTo(2);
        assertThat(hops.weight(0)).isEqualTo(3);
        assertThat(hops.isOnLink(0)).isFalse();
        assertThat(hops.isOnLink(1)).isTrue();
        assertThat(hops).hasToString("[interface 7 gateway 1/2 weight 3, interface 8 gateway 0/0 weight 255]");
    }

    @Test
    void shouldEqualACopyAndNothingElse() {
        NextHops hops = new NextHops().add(7, 1, 2, 3);
        assertThat(new NextHops().add(9, 9, 9, 9).copyFrom(hops))
                .isEqualTo(hops)
                .hasSameHashCodeAs(hops);
        assertThat(hops)
                .isNotEqualTo(new NextHops().add(8, 1, 2, 3))
                .isNotEqualTo(new NextHops().add(7, 0, 2, 3))
                .isNotEqualTo(new NextHops().add(7, 1, 0, 3))
                .isNotEqualTo(new NextHops().add(7, 1, 2, 4))
                .isNotEqualTo(NextHops.NONE);
        assertThat(hops.clear()).isEqualTo(NextHops.NONE).hasSameHashCodeAs(NextHops.NONE);
    }

    @Test
    void shouldRefuseOneTooMany() {
        var hops = new NextHops();
        for (int i = 0; i < NextHops.MAX; i++) {
            hops.add(i, 0, 0, 1);
        }
        assertThatThrownBy(() -> hops.add(8, 0, 0, 1)).hasMessage("a route has at most 128 next hops");
        assertThatThrownBy(() -> NextHops.NONE.add(8, 0, 0, 1)).isInstanceOf(IllegalStateException.class);
    }
}
