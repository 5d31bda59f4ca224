package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MbufArrayTest {
    @Test
    void shouldBeginWithZeroesOnACacheLine() {
        MbufArray burst = MbufArray.allocate(3);
        assertThat(burst.capacity()).isEqualTo(3);
        assertThat(burst.address() % 64).isZero();
        for (int i = 0; i < 3; i++) {
            assertThat(burst.get(i)).isZero();
        }
    }

    @Test
    void shouldLayAddressesOutAsAnArrayOfPointers() {
        MbufArray burst = MbufArray.allocate(3);
        burst.set(1, 0x7f12_3456_789aL);
        assertThat(burst.get(0)).isZero();
        assertThat(burst.get(1)).isEqualTo(0x7f12_3456_789aL);
        assertThat(burst.get(2)).isZero();
        assertThat(burst.address(2) - burst.address()).isEqualTo(2 * Long.BYTES);
        assertThat(Memory.getLong(burst.address() + Long.BYTES)).isEqualTo(0x7f12_3456_789aL);
    }
}
