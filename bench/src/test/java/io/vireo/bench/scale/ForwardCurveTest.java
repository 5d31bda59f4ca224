package io.vireo.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.tables.Ipv4Routes;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardCurveTest {
    @Test
    void shouldEndWithTheWholeTable() {
        Ipv4Routes routes = new Ipv4Routes(new int[3], new int[3], new int[3]);
        assertThat(ForwardCurve.withAll(List.of(1, 2), routes)).containsExactly(1, 2, 3);
    }
}
