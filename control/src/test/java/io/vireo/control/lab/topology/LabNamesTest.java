package io.vireo.control.lab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vireo.control.model.Device;
import io.vireo.control.supervisor.NodePaths;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabNamesTest {
    private final LabNames names = new LabNames("two");

    @Test
    void shouldBeginWithTheNameOfTheLab() {
        assertThat(names.node("a")).isEqualTo("two-a");
        assertThat(names.namespace("h1")).isEqualTo("two-h1");
        assertThat(names.portDevice("a", "p1")).isEqualTo("two-a-p1");
        assertThat(names.mark(new LabHost("h1", List.of(), List.of())))
                .isEqualTo("vireo lab two: h1")
                .startsWith(names.markPrefix());
    }

    @Test
    void shouldBeNamesOfNodesAndInterfaces() {
        assertThat(NodePaths.of(names.node("a")).node()).isEqualTo("two-a");
        assertThat(new Device.AfPacket(names.portDevice("a", "p1"))).hasToString("af_packet:two-a-p1");
    }

    /** With dashes, node `a-b` of one lab and node `b` of another could have one name. */
    @ParameterizedTest
    @ValueSource(strings = {"a-b", "a_b", "a.b", "A", "", "a b", "a/b", "abcdefghijklmnop"})
    void shouldRefuseNamesThatCouldBeTakenForOthers(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> LabNames.checked(name));
    }
}
