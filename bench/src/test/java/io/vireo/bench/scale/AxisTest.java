package io.vireo.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void shouldSayWhatAPositionCounts() {
        assertThat(Axis.CLASSES.at(1)).isEqualTo("1 class");
        assertThat(Axis.ROUTERS.at(10_000)).isEqualTo("10,000 virtual routers");
    }

    @Test
    void shouldReadAList() {
        assertThat(Axis.of(List.of("size", "routes"))).containsExactly(Axis.ROUTES, Axis.SIZE);
    }

    @Test
    void shouldRefuseANameThatIsNone() {
        assertThatThrownBy(() -> Axis.of(List.of("routes", "flows")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--axis: 'flows' is none of routes, routers, classes, size");
    }
}
