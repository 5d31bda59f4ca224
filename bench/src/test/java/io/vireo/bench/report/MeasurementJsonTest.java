package io.vireo.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MeasurementJsonTest {
    private static final Measurement FULL = Figures.speed("forward/plain", 10, 12, 11)
            .ofFrames(64)
            .beside("l3fwd", Samples.of(5, 5.5, 6))
            .at(new CurvePoint("cost over routes", "routes", 1000));

    @Test
    void shouldReadBackWhatItWrote() {
        assertThat(MeasurementJson.read(MeasurementJson.write(FULL))).isEqualTo(FULL);
        Measurement alone = Figures.time("start/exec to first packet", 1.5);
        assertThat(MeasurementJson.read(MeasurementJson.write(alone))).isEqualTo(alone);
    }

    @Test
    void shouldWriteTheFieldsThatReadersExpect() {
        assertThat(MeasurementJson.write(FULL))
                .doesNotContain("\n")
                .contains("\"scenario\":\"forward/plain\"")
                .contains("\"frameBytes\":64")
                .contains("\"peer\":\"l3fwd\"")
                .contains("\"vireo\":11.0")
                .contains("\"peerValue\":5.5")
                .contains("\"ratio\":2.0")
                .contains("\"unit\":\"Mpps\"")
                .contains("\"samples\":[10.0,12.0,11.0]")
                .contains("\"spread\":0.18")
                .contains("\"machine\":\"machine A, 2 CPUs\"")
                .contains("\"commit\":\"abc1234\"");
    }

    @Test
    void shouldWriteNoRatioWithoutAPeer() {
        assertThat(MeasurementJson.write(Figures.speed("x/y", 1)))
                .contains("\"peerValue\":null")
                .contains("\"ratio\":null");
    }

    @Test
    void shouldNameTheFieldThatIsWrong() {
        String good = MeasurementJson.write(FULL);
        assertThatThrownBy(() -> MeasurementJson.read("no json")).hasMessageContaining("not a line of JSON");
        assertThatThrownBy(() -> MeasurementJson.read("{}")).hasMessageContaining("peerSamples");
        assertThatThrownBy(() -> MeasurementJson.read(good.replace("\"Mpps\"", "\"furlongs\"")))
                .hasMessageContaining("furlongs");
        assertThatThrownBy(() -> MeasurementJson.read(good.replace("[10.0,12.0,11.0]", "[]")))
                .hasMessageContaining("samples");
        assertThatThrownBy(() -> MeasurementJson.read(good.replace("[10.0,12.0,11.0]", "[\"a\"]")))
                .hasMessageContaining("samples");
        assertThatThrownBy(() -> MeasurementJson.read(good.replace("\"scenario\":\"forward/plain\"", "\"scenario\":7")))
                .hasMessageContaining("scenario");
    }

    @Test
    void shouldRefuseAPeerWithoutReadings() {
        assertThatThrownBy(
                        () -> new Measurement("a", 0, "l3fwd", Unit.SECONDS, Samples.of(1), null, null, Origin.UNKNOWN))
                .hasMessageContaining("l3fwd");
    }
}
