package io.vireo.dataplane.wire.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.dataplane.wire.Call;
import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the fields of commands about labels must be; each refusal names the field. */
class LabelRulesTest {
    private static final NextHops VIA = new NextHops().add(3, 0, 0x0a000001, 1);
    private static final int ABSENT = 1_000_000_000;

    private final List<Call> calls = new ArrayList<>();
    private SharedMemory memory;
    private LabelProxy proxy;

    @BeforeEach
    void create(@TempDir Path directory) {
        memory = TestMemory.create(directory);
        proxy = new DataplaneProxy(memory, 0).labels();
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private static LabelSpec label(int label) {
        return new LabelSpec().of(1, label);
    }

    private void assertRefused(String field, LabelSpec spec, NextHops via) {
        assertThatThrownBy(() -> proxy.addLabel(5, spec, via))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
    }

    @Test
    void shouldTakeWhatIsInRange() {
        assertThat(proxy.addLabel(5, label(16), VIA)).isTrue();
        assertThat(proxy.addLabel(5, label(1_048_575).push(0).push(2).push(1_048_575), VIA))
                .isTrue();
        assertThat(proxy.addLabel(5, label(16).local(LabelSpec.NO_INTERFACE), NextHops.NONE))
                .isTrue();
        new CommandAdapter(memory, AllCommands.recorder(calls)).poll(0, 10);
        assertThat(calls).hasSize(3);
    }

    @Test
    void shouldNameTheFieldThatIsWrong() {
        assertRefused("label: must be 16..1048575", label(15), VIA);
        assertRefused("label: must be 16..1048575", label(1_048_576), VIA);
        assertRefused("routerId", new LabelSpec().of(ABSENT, 16), VIA);
        assertRefused("outLabels: each must be 0, 2 or 16..1048575", label(16).push(3), VIA);
        assertRefused("outLabels", label(16).push(17).push(1_048_576), VIA);
        assertRefused("nextHops", label(16), NextHops.NONE);
        assertRefused("nextHops", label(16).local(LabelSpec.NO_INTERFACE), VIA);
        assertRefused("nextHops.interfaceId", label(16), new NextHops().add(ABSENT, 0, 1, 1));
        assertRefused("nextHops.weight", label(16), new NextHops().add(3, 0, 1, 0));
        assertRefused("outLabel1", label(16).local(LabelSpec.NO_INTERFACE).push(17), NextHops.NONE);
        assertRefused("receiverInterfaceId", label(16).local(ABSENT), NextHops.NONE);
        assertThatThrownBy(() -> proxy.removeLabel(5, 1, 3)).hasMessageContaining("label");
    }
}
