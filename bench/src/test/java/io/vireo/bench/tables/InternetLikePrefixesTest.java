package io.vireo.bench.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InternetLikePrefixesTest {
    @Test
    void shouldMakeUpOnlyPrefixesThatRoutersForwardTo() {
        InternetLikePrefixes internet = new InternetLikePrefixes(InternetTable.SEED);
        for (int i = 0; i < 1_000_000; i++) {
            int prefix = (int) internet.nextIpv4().lo();
            assertThat(prefix >>> 24).isBetween(1, 223).isNotEqualTo(127);
            assertThat(prefix >>> 16).isNotEqualTo(0xa9fe);
        }
    }
}
