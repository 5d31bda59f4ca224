package io.vireo.dataplane.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.schedule.PortClasses;
import io.vireo.dataplane.path.schedule.SchedulingLimits;
import io.vireo.dataplane.path.schedule.SharedScheduling;
import io.vireo.dataplane.schedule.order.ClassOrder;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.event.EventProxy;
import io.vireo.dataplane.wire.memory.SharedMemory;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory of ports' schedulers: reckoned as it is, and refused with a reason when there is none. */
class PortSchedulersTest {
    private static final String NO_MEMORY = "the kernel gives no address space of 42 bytes";

    private final ClassOrder order = new ClassOrder();
    private SharedMemory memory;
    private Refusal refusal;
    private boolean isMemoryUsedUp;

    @BeforeEach
    void create(@TempDir Path directory) {
        memory = TestMemory.create(directory);
        refusal = new Refusal(new EventProxy(memory), memory.systemCounters().get(SystemCounter.COMMANDS_REFUSED));
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void shouldRefuseAPortWhenTheKernelGivesNoMemoryAndTakeItWhenItDoes() {
        PortSchedulers schedulers = schedulers(SchedulingLimits.DEFAULT, this::make);
        isMemoryUsedUp = true;
        assertThat(schedulers.attach(order, 0)).isFalse();
        assertThat(schedulers.isAttached(0)).isFalse();
        assertThat(refusal.code()).isEqualTo(CommandResult.LIMIT);
        assertThat(refusal.text()).startsWith("portId: ").contains("vireo.port.classes", NO_MEMORY);
        isMemoryUsedUp = false;
        assertThat(schedulers.attach(order, 0)).isTrue();
    }

    private PortClasses make(SchedulingLimits limits) {
        if (isMemoryUsedUp) {
            throw new IllegalStateException(NO_MEMORY);
        }
        return new PortClasses(limits);
    }

    @Test
    void shouldRefuseAPortWhoseSchedulerWouldNotFitInTheHeap() {
        long classes = Runtime.getRuntime().maxMemory() / 2 / 190;
        PortSchedulers schedulers =
                schedulers(new SchedulingLimits((int) Math.min(classes, 1 << 30), 64, 64), PortClasses::new);
        assertThat(schedulers.attach(order, 0)).isFalse();
        assertThat(refusal.text()).startsWith("portId: the data plane's heap has no room");
    }

    @Test
    void shouldReckonWhatASchedulerTakesOfTheHeap() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PortClasses first = new PortClasses(new SchedulingLimits(8, 64, 64)); // loads its classes
        assertThat(first).isNotNull();
        for (int classes : new int[] {8, 4_096, 4_097, 16_384, 100_000}) {
            SchedulingLimits limits = new SchedulingLimits(classes, 4_096, 64);
            long before = threads.getCurrentThreadAllocatedBytes();
            PortClasses made = new PortClasses(limits);
            long taken = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(made).isNotNull();
            assertThat(taken).isLessThanOrEqualTo(limits.heapBytes());
        }
    }

    private PortSchedulers schedulers(SchedulingLimits limits, Function<SchedulingLimits, PortClasses> maker) {
        SharedScheduling scheduling = new SharedScheduling(1, limits, new InterfaceTable(1).virtualLinks());
        return new PortSchedulers(
                scheduling,
                maker,
                new ClassQuotas(4, limits.portPackets(), refusal),
                2,
                new GracePeriod(new QuiescentState(1)),
                refusal);
    }
}
