package io.vireo.dataplane.encapsulation.keepalive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SipHashTest {
    /** The published vector of eight bytes: key 00 01 … 0f, message 00 01 … 07, 62 24 93 9a 79 f5 f5 93. */
    @Test
    void shouldComputeWhatItsAuthorsPublished() {
        assertThat(SipHash.of(0x0706_0504_0302_0100L, 0x0f0e_0d0c_0b0a_0908L, 0x0706_0504_0302_0100L))
                .isEqualTo(0x93f5_f579_9a93_2462L);
    }
}
