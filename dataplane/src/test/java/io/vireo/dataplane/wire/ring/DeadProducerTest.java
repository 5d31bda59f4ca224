package io.vireo.dataplane.wire.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.Call;
import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.command.AllCommands;
import io.vireo.dataplane.wire.command.CommandAdapter;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.frame.InjectHandler;
import io.vireo.dataplane.wire.frame.InjectReader;
import io.vireo.dataplane.wire.frame.InjectWriter;
import io.vireo.dataplane.wire.memory.SharedMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadProducerTest {
    private static final long LATER_NS = DeadProducerGuard.TIMEOUT_NS + 1;

    private final List<Call> calls = new ArrayList<>();
    private SharedMemory memory;
    private DataplaneProxy proxy;
    private CommandAdapter adapter;

    @BeforeEach
    void create(@TempDir Path directory) {
        memory = TestMemory.create(directory);
        proxy = new DataplaneProxy(memory, 0);
        adapter = new CommandAdapter(memory, AllCommands.recorder(calls));
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void shouldPassTheClaimOfADeadProducer() {
        proxy.barrier(1);
        memory.commandRing().tryClaim(MessageFrame.RECORD_TYPE, 100);
        proxy.barrier(2);
        adapter.poll(0, 10);
        adapter.poll(1, 10);
        assertThat(calls).containsExactly(Call.of("onBarrier", 1L));
        adapter.poll(2 + LATER_NS, 10);
        adapter.poll(3 + LATER_NS, 10);
        assertThat(calls).containsExactly(Call.of("onBarrier", 1L), Call.of("onBarrier", 2L));
        assertThat(TestMemory.count(memory, SystemCounter.COMMAND_CLAIMS_UNBLOCKED))
                .isEqualTo(1);
    }

    @Test
    void shouldPassAPlaceWhoseOwnerDiedBeforeItWroteTheLength() {
        RingBuffer ring = memory.commandRing();
        int index = ring.tryClaim(MessageFrame.RECORD_TYPE, 100);
        ring.buffer().putLong(index - Long.BYTES, 0); // as it was between taking the place and writing its length
        adapter.poll(0, 10);
        adapter.poll(LATER_NS, 10);
        assertThat(TestMemory.count(memory, SystemCounter.COMMAND_CLAIMS_UNBLOCKED))
                .isZero();
        proxy.barrier(2); // now the end of the hole shows
        adapter.poll(LATER_NS + 1, 10);
        adapter.poll(LATER_NS + 2, 10);
        assertThat(calls).containsExactly(Call.of("onBarrier", 2L));
        assertThat(TestMemory.count(memory, SystemCounter.COMMAND_CLAIMS_UNBLOCKED))
                .isEqualTo(1);
    }

    @Test
    void shouldWaitForAProducerThatIsOnlySlow() {
        RingBuffer ring = memory.commandRing();
        int index = ring.tryClaim(MessageFrame.RECORD_TYPE, 0);
        adapter.poll(0, 10);
        adapter.poll(LATER_NS - 2, 10);
        ring.abort(index);
        proxy.barrier(3);
        adapter.poll(LATER_NS - 1, 10);
        assertThat(calls).containsExactly(Call.of("onBarrier", 3L));
        assertThat(TestMemory.count(memory, SystemCounter.COMMAND_CLAIMS_UNBLOCKED))
                .isZero();
    }

    @Test
    void shouldCountTheTimeAnewForEachClaim() {
        RingBuffer ring = memory.commandRing();
        int first = ring.tryClaim(MessageFrame.RECORD_TYPE, 0);
        adapter.poll(0, 10);
        ring.abort(first);
        adapter.poll(LATER_NS - 1, 10);
        ring.tryClaim(MessageFrame.RECORD_TYPE, 0);
        adapter.poll(LATER_NS, 10);
        adapter.poll(LATER_NS + 1, 10);
        assertThat(TestMemory.count(memory, SystemCounter.COMMAND_CLAIMS_UNBLOCKED))
                .isZero();
        adapter.poll(2 * LATER_NS + 1, 10);
        assertThat(TestMemory.count(memory, SystemCounter.COMMAND_CLAIMS_UNBLOCKED))
                .isEqualTo(1);
    }

    @Test
    void shouldPassTheInjectOfADeadProducer() {
        List<Call> injected = new ArrayList<>();
        var reader = new InjectReader(memory, 1, Call.recorder(InjectHandler.class, injected));
        memory.injectRing(1).tryClaim(MessageFrame.RECORD_TYPE, 60);
        new InjectWriter(memory, 1).inject(3, new UnsafeBuffer(new byte[60]), 0, 60);
        reader.poll(0, 10);
        reader.poll(LATER_NS, 10);
        reader.poll(LATER_NS + 1, 10);
        assertThat(injected).hasSize(1);
        assertThat(TestMemory.count(memory, SystemCounter.INJECT_CLAIMS_UNBLOCKED))
                .isEqualTo(1);
    }

    @Test
    void shouldSurviveTheDeathOfAControlProcessInTheMiddleOfACommand() throws Exception {
        Process control = DyingControl.start(memory.path());
        assertThat(control.waitFor()).isEqualTo(DyingControl.EXIT_CODE);
        SharedMemory successor = SharedMemory.map(memory.path());
        new DataplaneProxy(successor, 0).barrier(2);
        adapter.poll(0, 10);
        adapter.poll(1, 10);
        assertThat(calls).containsExactly(Call.of("onDumpRoutes", 1L, 42));
        adapter.poll(2 + LATER_NS, 10);
        adapter.poll(3 + LATER_NS, 10);
        assertThat(calls).containsExactly(Call.of("onDumpRoutes", 1L, 42), Call.of("onBarrier", 2L));
        assertThat(memory.controlPid()).isEqualTo(control.pid());
        successor.close();
    }
}
