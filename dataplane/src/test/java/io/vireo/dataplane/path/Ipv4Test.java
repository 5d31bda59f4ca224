package io.vireo.dataplane.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Ipv4Test {
    /** For every checksum: that of a header whose other words sum up to what gives it, summed anew without the TTL that is gone. */
    @Test
    void shouldHaveTheChecksumThatSummingAnewGives() {
        for (int others = 0; others <= 0xffff; others++) {
            int ttlAndProtocol = (64 << 8) | 17;
            int word = wire(ttlAndProtocol, checksum(ttlAndProtocol, others));

            int decremented = Ipv4.decrementTtl(word);

            int expected = ttlAndProtocol - 0x100;
            assertThat(decremented)
                    .as("other words sum up to %04x", others)
                    .isEqualTo(wire(expected, checksum(expected, others)));
        }
    }

    /** RFC 1071 §1; a header is not all zeros, so its sum is not 0. */
    private static int checksum(int ttlAndProtocol, int others) {
        int sum = ttlAndProtocol + others;
        return ~((sum & 0xffff) + (sum >>> 16)) & 0xffff;
    }

    /** The four bytes as a little-endian load has them. */
    private static int wire(int ttlAndProtocol, int checksum) {
        return Integer.reverseBytes((ttlAndProtocol << 16) | checksum);
    }
}
