package io.vireo.dataplane.wire.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.Call;
import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.memory.SharedMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackPressureTest {
    private final List<Call> calls = new ArrayList<>();
    private SharedMemory memory;
    private CommandAdapter adapter;

    @BeforeEach
    void createAndFill(@TempDir Path directory) {
        memory = TestMemory.create(directory);
        adapter = new CommandAdapter(memory, AllCommands.recorder(calls));
        var proxy = new DataplaneProxy(memory, 0);
        while (proxy.barrier(1)) {}
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void shouldNotWaitWhenNotAskedTo() {
        var proxy = new DataplaneProxy(memory, 0, () -> {
            throw new AssertionError("looked at the clock");
        });
        assertThat(proxy.barrier(2)).isFalse();
    }

    @Test
    void shouldGiveUpWhenTheRingStaysFull() {
        long[] nowNs = {0};
        var proxy = new DataplaneProxy(memory, 1000, () -> nowNs[0] += 100);
        assertThat(proxy.barrier(2)).isFalse();
        assertThat(nowNs[0]).isBetween(1000L, 1200L);
    }

    @Test
    void shouldSendOnceThereIsRoom() {
        long[] nowNs = {0};
        var proxy = new DataplaneProxy(memory, 1000, () -> {
            if (nowNs[0] == 500) {
                adapter.poll(0, 10);
            }
            return nowNs[0] += 100;
        });
        assertThat(proxy.barrier(2)).isTrue();
        TestMemory.drain(memory.commandRing(), () -> adapter.poll(0, 1000));
        assertThat(calls.getLast()).isEqualTo(Call.of("onBarrier", 2L));
    }

    @Test
    void shouldStopWaitingWhenInterrupted() {
        var proxy = new DataplaneProxy(memory, Long.MAX_VALUE / 2);
        Thread.currentThread().interrupt();
        assertThat(proxy.barrier(2)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
