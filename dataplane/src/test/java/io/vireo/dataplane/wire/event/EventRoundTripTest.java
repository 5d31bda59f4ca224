package io.vireo.dataplane.wire.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.Call;
import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.code.CommandResult;
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

class EventRoundTripTest {
    private final List<Call> calls = new ArrayList<>();
    private SharedMemory dataplane;
    private SharedMemory control;
    private EventProxy proxy;
    private EventAdapter adapter;
    private RandomEvents events;

    @BeforeEach
    void createAndMap(@TempDir Path directory) {
        dataplane = TestMemory.create(directory);
        control = SharedMemory.map(dataplane.path());
        proxy = new EventProxy(dataplane);
        adapter = new EventAdapter(control, Call.recorder(EventHandler.class, calls));
        events = new RandomEvents(new Random(20261121), proxy);
    }

    @AfterEach
    void close() {
        control.close();
        dataplane.close();
    }

    @Test
    void shouldDeliverEachEventWithAllItsFields() {
        for (int round = 0; round < 500; round++) {
            for (int kind = 0; kind < events.kinds(); kind++) {
                Call expected = events.send(kind);
                calls.clear();
                TestMemory.drain(control.eventRing(), () -> adapter.poll(10));
                assertThat(calls).containsExactly(expected);
            }
        }
        assertThat(TestMemory.count(control, SystemCounter.EVENTS_MALFORMED)).isZero();
    }

    @Test
    void shouldCoverEveryMethodOfTheHandler() {
        var tested = new TreeSet<String>();
        for (int kind = 0; kind < events.kinds(); kind++) {
            tested.add(events.send(kind).method());
        }
        assertThat(Arrays.stream(EventHandler.class.getMethods()).map(Method::getName))
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    @Test
    void shouldCutATextThatIsTooLong() {
        proxy.commandResult(1, CommandResult.DEVICE, "y".repeat(EventProxy.MAX_TEXT + 100));
        adapter.poll(1);
        assertThat(calls).containsExactly(Call.of("onCommandResult", 1L, CommandResult.DEVICE, "y".repeat(511)));
    }

    @Test
    void shouldShowWhatIsNotAsciiAsQuestionMarks() {
        proxy.commandResult(1, CommandResult.DEVICE, "größe");
        adapter.poll(1);
        assertThat(calls).containsExactly(Call.of("onCommandResult", 1L, CommandResult.DEVICE, "gr??e"));
    }

    @Test
    void shouldDropAndCountWhenControlDoesNotRead() {
        int taken = 0;
        while (proxy.dumpEnd(taken, 0)) {
            taken++;
        }
        assertThat(proxy.dumpEnd(-1, 0)).isFalse();
        assertThat(TestMemory.count(control, SystemCounter.EVENTS_DROPPED)).isEqualTo(2);
        TestMemory.drain(control.eventRing(), () -> adapter.poll(100));
        assertThat(calls).hasSize(taken);
        assertThat(proxy.dumpEnd(taken, 0)).isTrue();
    }

    @Test
    void shouldNeverDropWhatWasAskedRoomFor() {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            if (proxy.hasRoom(3)) {
                proxy.commandResult(i, CommandResult.LIMIT, "z".repeat(random.nextInt(600)));
                proxy.commandResult(i, CommandResult.LIMIT, "z".repeat(EventProxy.MAX_TEXT));
                proxy.commandResult(i, CommandResult.LIMIT, "z".repeat(EventProxy.MAX_TEXT));
            } else {
                adapter.poll(random.nextInt(200));
                calls.clear();
            }
        }
        assertThat(TestMemory.count(control, SystemCounter.EVENTS_DROPPED)).isZero();
    }

    @Test
    void shouldThrowAwayWhatWasMeantForAnEarlierControl() {
        proxy.dumpEnd(1, 1);
        proxy.dumpEnd(2, 2);
        assertThat(adapter.discard()).isEqualTo(2);
        assertThat(adapter.discard()).isZero();
        proxy.dumpEnd(3, 3);
        assertThat(adapter.poll(10)).isEqualTo(1);
        assertThat(calls).containsExactly(Call.of("onDumpEnd", 3L, 3L));
    }
}
