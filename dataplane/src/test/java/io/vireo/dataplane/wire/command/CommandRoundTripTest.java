package io.vireo.dataplane.wire.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.dataplane.wire.Call;
import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.memory.SharedMemory;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRoundTripTest {
    private static final int ROUNDS = 500;

    private final List<Call> calls = new ArrayList<>();
    private SharedMemory dataplane;
    private SharedMemory control;
    private CommandAdapter adapter;
    private RandomCommands commands;

    @BeforeEach
    void createAndMap(@TempDir Path directory) {
        dataplane = TestMemory.create(directory);
        control = SharedMemory.map(dataplane.path());
        adapter = new CommandAdapter(dataplane, AllCommands.recorder(calls));
        commands = new RandomCommands(new Random(20261120), new DataplaneProxy(control, 0));
    }

    @AfterEach
    void close() {
        control.close();
        dataplane.close();
    }

    @Test
    void shouldDeliverEachCommandWithAllItsFields() {
        for (int round = 0; round < ROUNDS; round++) {
            for (int kind = 0; kind < commands.kinds(); kind++) {
                RandomCommands.Sent sent = commands.send(kind);
                calls.clear();
                drain(10);
                assertThat(sent.isTaken()).isTrue();
                assertThat(calls).containsExactly(sent.expected());
            }
        }
        assertThat(TestMemory.count(control, SystemCounter.COMMANDS_MALFORMED)).isZero();
        assertThat(TestMemory.count(control, SystemCounter.COMMANDS_INVALID)).isZero();
    }

    @Test
    void shouldDeliverInOrder() {
        List<Call> expected = new ArrayList<>();
        for (int kind = 0; kind < commands.kinds(); kind++) {
            expected.add(commands.send(kind).expected());
        }
        drain(3);
        assertThat(calls).isEqualTo(expected);
    }

    @Test
    void shouldCoverEveryMethodOfTheHandler() {
        var tested = new TreeSet<String>();
        for (int kind = 0; kind < commands.kinds(); kind++) {
            tested.add(commands.send(kind).expected().method());
        }
        tested.add("onInvalid"); // CommandRulesTest
        assertThat(Arrays.stream(AllCommands.Handler.class.getMethods()).map(Method::getName))
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    @Test
    void shouldCarryOutAtMostTheLimit() {
        for (int kind = 0; kind < 5; kind++) {
            commands.send(kind);
        }
        assertThat(adapter.poll(0, 3)).isEqualTo(3);
        assertThat(calls).hasSize(3);
    }

    @Test
    void shouldPassAnExceptionOfTheHandlerAndGoOnWithTheNextCommand() {
        var failing = new CommandAdapter(dataplane, AllCommands.recorder(new ArrayList<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean add(Call call) {
                if (call.method().equals("onBarrier")) {
                    throw new IllegalStateException("broken handler");
                }
                return calls.add(call);
            }
        }));
        var proxy = new DataplaneProxy(control, 0);
        proxy.barrier(1);
        proxy.tables().dumpRoutes(2, 3);
        assertThatThrownBy(() -> failing.poll(0, 10)).hasMessage("broken handler");
        assertThat(failing.poll(0, 10)).isEqualTo(1);
        assertThat(calls).containsExactly(Call.of("onDumpRoutes", 2L, 3));
    }

    private void drain(int messageLimit) {
        TestMemory.drain(dataplane.commandRing(), () -> adapter.poll(0, messageLimit));
    }

    @Test
    void shouldGiveEachCallerAnotherCorrelationId() {
        var other = new DataplaneProxy(dataplane, 0);
        var proxy = new DataplaneProxy(control, 0);
        assertThat(List.of(proxy.nextCorrelationId(), other.nextCorrelationId(), proxy.nextCorrelationId()))
                .doesNotHaveDuplicates();
    }
}
