package io.vireo.bench.linerate.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class TrialRequestTest {
    private static final Rewrite REWRITE = new Rewrite(1, 2, 63);

    @Test
    void shouldAddUpItsPhases() {
        TrialRequest request = request(List.of(Phase.of(1e6, 2_000_000), new Phase(500, 5)), 1);
        assertThat(request.frames()).isEqualTo(2005);
        assertThat(request.durationNs()).isEqualTo(12_000_000);
    }

    @Test
    void shouldTakeAnotherLoad() {
        TrialRequest request = request(List.of(Phase.of(1e6, 2_000_000)), 7);
        List<Phase> others = List.of(Phase.of(3e6, 5_000_000));
        assertThat(request.of(others)).isEqualTo(request(others, 7));
    }

    @Test
    void shouldPassThroughJsonUnchanged() {
        JsonMapper json = JsonMapper.builder().build();
        TrialRequest request = request(List.of(Phase.of(14_880_952.38, 1_000_000_000)), 64);
        assertThat(json.readValue(json.writeValueAsString(request), TrialRequest.class))
                .isEqualTo(request);
    }

    @Test
    void shouldRefuseWhatCannotBeSent() {
        assertThatThrownBy(() -> request(List.of(), 1)).hasMessageContaining("phases: []");
        assertThatThrownBy(() -> request(List.of(new Phase(1, 1)), 0)).hasMessageContaining("flows: 0");
        assertThatThrownBy(() -> request(List.of(new Phase(1, 1)), 513)).hasMessageContaining("flows: 513");
        assertThatThrownBy(() -> new Phase(0, 1)).hasMessageContaining("framesPerSecond: 0.0");
    }

    private static TrialRequest request(List<Phase> phases, int flows) {
        return new TrialRequest(phases, flows, List.of(64), 1, 2, REWRITE);
    }
}
