package io.vireo.bench.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookupScaleTest {
    private static final int COUNT = 1000;

    /** 10.0.0.0/24 and following. */
    private final Ipv4Routes routes = new Ipv4Routes(
            IntStream.range(0, COUNT).map(n -> 10 << 24 | n << 8).toArray(),
            IntStream.range(0, COUNT).map(_ -> 24).toArray(),
            IntStream.range(1, COUNT + 1).toArray());

    @Test
    void shouldTakeSomeRoutesEachOnce() {
        Ipv4Routes some = routes.some(100);
        assertThat(some.prefixes()).hasSize(100).doesNotHaveDuplicates();
        for (int i = 0; i < some.count(); i++) {
            assertThat(some.nextHops()[i]).isEqualTo(1 + (some.prefixes()[i] >>> 8 & 0xffff));
        }
    }

    @Test
    void shouldMeasureTablesThatAnswerRightly() {
        LookupScale lookups = new LookupScale(routes, 2, 1);
        assertThat(lookups.oneTable(COUNT).values()).hasSize(2).allMatch(rate -> rate > 0);
        assertThat(lookups.tables(10, 20).values()).hasSize(2).allMatch(rate -> rate > 0);
    }
}
