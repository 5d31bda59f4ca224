package io.vireo.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.report.CurvePoint;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.Samples;
import io.vireo.bench.report.Unit;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleCurveTest {
    @Test
    void shouldGiveRateAndCostOfEachSample() {
        List<Measurement> figures = new ScaleCurve("forwarding", Axis.ROUTES)
                .figures(1000, Samples.of(20, 25, 50), Unit.MEGA_PACKETS, Unit.NANOSECONDS_PER_PACKET);
        assertThat(figures)
                .extracting(Measurement::scenario)
                .containsExactly("scale/forwarding, 1,000 routes", "scale/forwarding, 1,000 routes");
        assertThat(figures)
                .extracting(Measurement::vireo)
                .containsExactly(Samples.of(20, 25, 50), Samples.of(50, 40, 20));
        assertThat(figures)
                .extracting(Measurement::point)
                .containsOnly(new CurvePoint("forwarding by routes", "routes", 1000));
    }
}
