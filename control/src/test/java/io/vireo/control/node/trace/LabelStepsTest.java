package io.vireo.control.node.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.node.plan.Planner;
import io.vireo.control.node.topology.DataplaneLimits;
import io.vireo.control.node.topology.MemoryIds;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A trace names each label that a router looked up, with what it does. */
class LabelStepsTest {
    private static final String DOCUMENT = """
            ports: [{name: p1, device: null}, {name: p2, device: null}]
            vpns:
              - name: core
                id: 1
                routers:
                  - name: p
                    interfaces: [{name: wan, port: p1, mpls: true, addresses: [192.0.2.1/24]}]
                    labels:
                      - {label: 100, swap: [200, 300], via: 192.0.2.2}
                      - {label: 101, pop: true}
                      - {label: 102, pop: true, router: blue/r1}
              - name: blue
                id: 2
                routers: [{name: r1, interfaces: [{name: h, port: p2}]}]
            """;

    private static byte[] frame(int... labels) {
        ByteBuffer frame = ByteBuffer.allocate(14 + 4 * labels.length + 20).putShort(12, (short) 0x8847);
        for (int n = 0; n < labels.length; n++) {
            int bottom = n == labels.length - 1 ? 0x100 : 0;
            frame.putInt(14 + 4 * n, labels[n] << 12 | bottom | 64);
        }
        return frame.put(14 + 4 * labels.length, (byte) 0x45).array();
    }

    private static List<String> steps(int... labels) throws InvalidConfigurationException {
        LabelSteps steps = new LabelSteps(new Planner("n", "v", 0, new MemoryIds(), DataplaneLimits.DEFAULT)
                .plan(ConfigurationReader.read(DOCUMENT)));
        return steps.of(frame(labels), "core/p").stream()
                .map(step -> step.stage() + " " + step.fields())
                .toList();
    }

    @Test
    void shouldNameEachOperation() throws InvalidConfigurationException {
        assertThat(steps(0, 101, 7, 5555, 100, 102))
                .containsExactly(
                        "label {router=core/p, label=0, operation=pop}",
                        "label {router=core/p, label=101, operation=pop}",
                        "label {router=core/p, label=7, operation=pop}",
                        "label {router=core/p, label=5555, operation=pop}",
                        "label {router=core/p, label=100, operation=swap 200/300}");
        assertThat(steps(102)).containsExactly("label {router=core/p, label=102, operation=pop, for=blue/r1}");
        assertThat(steps(102, 100))
                .as("a label that only the other router could know")
                .hasSize(1);
        assertThat(steps(102, 7, 5555)).as("an entropy label of the packet's").hasSize(3);
    }

    @Test
    void shouldNameNoneThatNobodyKnows() throws InvalidConfigurationException {
        assertThat(steps(999)).isEmpty();
        assertThat(steps(101, 999)).hasSize(1);
    }
}
