package io.vireo.control.node.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Descriptor;
import io.vireo.control.linux.TestNamespace;
import io.vireo.control.model.Attachment;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.MacAddress;
import io.vireo.control.node.topology.InterfacePlan;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterNamespaceTest {
    private static final InterfacePlan PLAN = new InterfacePlan(
            "blue/r1/h1",
            0,
            0,
            "h1",
            new Attachment.Access("p1", 0),
            MacAddress.parse("02:00:00:00:00:07"),
            1500,
            false,
            List.of(InterfaceAddress.parse("10.1.0.1/24")),
            true,
            null,
            null);

    private TestNamespace test;
    private RouterNamespace router;

    @BeforeEach
    void make() {
        test = new TestNamespace();
        router = RouterNamespace.ensure(test.name());
    }

    @AfterEach
    void remove() {
        router.close();
        test.close();
    }

    /** Six megabytes of the kernel's memory for each interface, otherwise: 256 queues of three rings. */
    @Test
    void shouldGiveATapOneListOfPacketsForAllItsQueues() {
        try (TapQueues queues = new TapQueues(router.ensureTap(PLAN))) {
            router.configureInterface(PLAN);
            assertThat(queues.ifindex()).isPositive();
            assertThat(qdiscs())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("qdisc pfifo")
                    .contains("root");
            assertThat(test.run("ip -o link show h1")).contains("LOWER_UP", "02:00:00:00:00:07");
        }
    }

    @Test
    void shouldKeepTheQdiscThatAnOperatorChose() {
        try (TapQueues queues = new TapQueues(router.ensureTap(PLAN))) {
            router.configureInterface(PLAN);
            test.run("tc qdisc replace dev h1 root bfifo limit 100000");
            try (TapQueues adopted = new TapQueues(router.ensureTap(PLAN))) {
                router.configureInterface(PLAN);
                assertThat(adopted.ifindex()).isEqualTo(queues.ifindex());
                assertThat(qdiscs()).hasSize(1).first().asString().startsWith("qdisc bfifo");
            }
            test.run("ip link set h1 down");
            try (TapQueues adopted = new TapQueues(router.ensureTap(PLAN))) {
                router.configureInterface(PLAN);
                assertThat(adopted.ifindex()).isEqualTo(queues.ifindex());
                assertThat(qdiscs()).hasSize(1).first().asString().startsWith("qdisc bfifo");
            }
        }
    }

    /** The supervisor has kept its carrier since an earlier life of control. */
    @Test
    void shouldNotKeepACarrierTwice() {
        try (TapQueues first = new TapQueues(router.ensureTap(PLAN))) {
            assertThat(first.tap().carrier()).isPresent();
            first.tap().queue().close();
            try (TapQueues adopted = new TapQueues(router.ensureTap(PLAN))) {
                assertThat(adopted.tap().carrier()).isEmpty();
            }
            first.tap().carrier().orElseThrow().close();
            try (TapQueues unkept = new TapQueues(router.ensureTap(PLAN))) {
                assertThat(unkept.tap().carrier()).isPresent();
            }
        }
    }

    private List<String> qdiscs() {
        return test.run("tc qdisc show dev h1").lines().toList();
    }

    private record TapQueues(RouterNamespace.Tap tap) implements AutoCloseable {
        int ifindex() {
            return tap.ifindex();
        }

        @Override
        public void close() {
            tap.queue().close();
            tap.carrier().ifPresent(Descriptor::close);
        }
    }
}
