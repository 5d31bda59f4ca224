package io.vireo.dataplane.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import io.vireo.dataplane.wire.command.AllCommands;
import io.vireo.dataplane.wire.command.CommandAdapter;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.command.RandomCommands;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.event.EventAdapter;
import io.vireo.dataplane.wire.event.EventHandler;
import io.vireo.dataplane.wire.event.EventProxy;
import io.vireo.dataplane.wire.event.RandomEvents;
import io.vireo.dataplane.wire.frame.CaptureHandler;
import io.vireo.dataplane.wire.frame.CaptureReader;
import io.vireo.dataplane.wire.frame.CaptureWriter;
import io.vireo.dataplane.wire.frame.InjectHandler;
import io.vireo.dataplane.wire.frame.InjectReader;
import io.vireo.dataplane.wire.frame.InjectWriter;
import io.vireo.dataplane.wire.frame.PuntHandler;
import io.vireo.dataplane.wire.frame.PuntReader;
import io.vireo.dataplane.wire.frame.PuntWriter;
import io.vireo.dataplane.wire.layout.FrameLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.EmulationSpec;
import io.vireo.dataplane.wire.value.FilterChunk;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Feeds adapters with garbage and with broken copies of valid messages. Each record lies in a buffer of exactly its
 * length, whose bounds are checked: a read beyond the record is an exception, and an exception is a failure. Every record
 * must either reach the handler or be counted.
 */
class AdapterFuzzTest {
    private static final int ROUNDS = 60_000;

    private final Random random = new Random(20261124);
    private final List<Call> calls = new ArrayList<>();
    private final List<byte[]> samples = new ArrayList<>();
    private final MessageHandler sampler = (type, buffer, offset, length) -> {
        var bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        samples.add(bytes);
    };
    private SharedMemory memory;

    @BeforeEach
    void create(@TempDir Path directory) {
        memory = TestMemory.create(directory);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void shouldSurviveAnyCommand() {
        var commands = new RandomCommands(random, new DataplaneProxy(memory, 0));
        for (int i = 0; i < 5 * commands.kinds(); i++) {
            commands.send(i % commands.kinds());
            memory.commandRing().read(sampler);
        }
        var adapter = new CommandAdapter(memory, AllCommands.recorder(calls));
        long handled = fuzz(adapter::onMessage);
        assertThat(handled + TestMemory.count(memory, SystemCounter.COMMANDS_MALFORMED))
                .isEqualTo(ROUNDS);
        long invalid =
                calls.stream().filter(call -> call.method().equals("onInvalid")).count();
        assertThat(invalid)
                .isEqualTo(TestMemory.count(memory, SystemCounter.COMMANDS_INVALID))
                .isPositive();
        assertCommandsKeepTheRules();
    }

    @Test
    void shouldSurviveAnyEvent() {
        var events = new RandomEvents(random, new EventProxy(memory));
        for (int i = 0; i < 10 * events.kinds(); i++) {
            events.send(i % events.kinds());
            memory.eventRing().read(sampler);
        }
        var adapter = new EventAdapter(memory, Call.recorder(EventHandler.class, calls));
        long handled = fuzz(adapter::onMessage);
        assertThat(handled + TestMemory.count(memory, SystemCounter.EVENTS_MALFORMED))
                .isEqualTo(ROUNDS);
    }

    @Test
    void shouldSurviveAnythingInAPuntRing() {
        var writer = new PuntWriter(memory, 0);
        MemorySegment frame = Arena.ofAuto().allocate(100);
        for (int i = 0; i < 10; i++) {
            writer.punt(i, i, 1, PuntClass.LOCAL.code(), i, frame.address(), i * 10);
            writer.traceStep(i, TraceStage.FORWARD, Verdict.CONTINUE, -1, i, i, i, i, i, i, frame.address(), i * 10);
            writer.traceEnd(i, i, Verdict.DROP, 3, -1);
        }
        sampleAll(memory.puntRing(0));
        var reader = new PuntReader(memory, 0, Call.recorder(PuntHandler.class, calls));
        long handled = fuzz(reader::onMessage);
        assertThat(handled + TestMemory.count(memory, SystemCounter.PUNTS_MALFORMED))
                .isEqualTo(ROUNDS);
    }

    @Test
    void shouldSurviveAnythingInAnInjectRing() {
        var writer = new InjectWriter(memory, 0);
        var frame = new UnsafeBuffer(new byte[100]);
        for (int i = 0; i < 20; i++) {
            writer.inject(i, frame, 0, 14 + i * 4);
            writer.trace(i, i, frame, 0, 14 + i * 4);
        }
        sampleAll(memory.injectRing(0));
        var reader = new InjectReader(memory, 0, Call.recorder(InjectHandler.class, calls));
        long handled = fuzz(reader::onMessage);
        assertThat(handled + TestMemory.count(memory, SystemCounter.INJECTS_MALFORMED))
                .isEqualTo(ROUNDS);
        for (Call call : calls) {
            int arguments = call.arguments().size();
            assertThat((int) call.arguments().get(arguments - 1))
                    .isBetween(FrameLimits.MIN_BYTES, FrameLimits.MAX_BYTES);
            assertThat((int) call.arguments().get(arguments - 3)).isBetween(0, 999);
        }
    }

    @Test
    void shouldSurviveAnythingInACaptureRing() {
        var writer = new CaptureWriter(memory, 0);
        MemorySegment frame = Arena.ofAuto().allocate(100);
        for (int i = 0; i < 20; i++) {
            writer.capture(i % 16, i, Direction.SENT, -1, i, 1500, frame.address(), i * 5);
        }
        sampleAll(memory.captureRing(0));
        var reader = new CaptureReader(memory, 0, Call.recorder(CaptureHandler.class, calls));
        long handled = fuzz(reader::onMessage);
        assertThat(handled + TestMemory.count(memory, SystemCounter.CAPTURES_MALFORMED))
                .isEqualTo(ROUNDS);
    }

    @Test
    void shouldSkipARecordOfAnotherTypeInTheRing() {
        var adapter = new CommandAdapter(memory, AllCommands.recorder(calls));
        TestMemory.write(memory.commandRing(), 99, new byte[50]);
        TestMemory.write(memory.commandRing(), MessageFrame.RECORD_TYPE, new byte[0]);
        new DataplaneProxy(memory, 0).barrier(5);
        assertThat(adapter.poll(0, 10)).isEqualTo(3);
        assertThat(calls).containsExactly(Call.of("onBarrier", 5L));
        assertThat(TestMemory.count(memory, SystemCounter.COMMANDS_MALFORMED)).isEqualTo(2);
    }

    /** Feeds the handler; returns how many records led to a call. */
    private long fuzz(MessageHandler handler) {
        assertThat(samples).isNotEmpty();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = i % 4 == 0 ? garbage() : broken(Pick.from(random, samples.toArray(byte[][]::new)));
            int before = calls.size();
            handler.onMessage(MessageFrame.RECORD_TYPE, new UnsafeBuffer(exactly(bytes)), 0, bytes.length);
            assertThat(calls.size() - before).isLessThanOrEqualTo(1);
        }
        return calls.size();
    }

    /** Outside the heap, as in the ring: an address has then a meaning. */
    private static ByteBuffer exactly(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private void sampleAll(RingBuffer ring) {
        TestMemory.drain(ring, () -> ring.read(sampler));
    }

    private byte[] garbage() {
        var bytes = new byte[random.nextInt(80)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Mostly small numbers, where lengths, counts and codes live; sometimes cut, sometimes longer. */
    private byte[] broken(byte[] valid) {
        int length = random.nextInt(3) == 0 ? random.nextInt(valid.length + 8) : valid.length;
        byte[] bytes = Arrays.copyOf(valid, length);
        for (int n = random.nextInt(4); n > 0 && length > 0; n--) {
            int at = random.nextBoolean() ? random.nextInt(length) : random.nextInt(Math.min(length, 50));
            bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(16) : random.nextInt());
        }
        return bytes;
    }

    /** What reached the handler must pass through the proxy, which refuses what breaks a rule. */
    private void assertCommandsKeepTheRules() {
        var proxy = new DataplaneProxy(memory, 0);
        int replayed = 0;
        for (Call call : calls) {
            List<Object> a = call.arguments();
            switch (call.method()) {
                case "onAddRoute" ->
                    proxy.tables()
                            .addRoute(
                                    (long) a.get(0),
                                    (int) a.get(1),
                                    (AddressFamily) a.get(2),
                                    (long) a.get(3),
                                    (long) a.get(4),
                                    (int) a.get(5),
                                    (RouteKind) a.get(6),
                                    (NextHops) a.get(7));
                case "onAddInterface" -> proxy.topology().addInterface((long) a.get(0), (InterfaceSpec) a.get(1));
                case "onSetEmulation" ->
                    proxy.emulations().setEmulation((long) a.get(0), (int) a.get(1), (EmulationSpec) a.get(2));
                case "onAddClass" ->
                    proxy.classes()
                            .addClass(
                                    (long) a.get(0),
                                    (int) a.get(1),
                                    (int) a.get(2),
                                    (int) a.get(3),
                                    (int) a.get(4),
                                    (ClassSpec) a.get(5),
                                    (String) a.get(6));
                case "onSetClassFilter" ->
                    proxy.classes()
                            .setClassFilter(
                                    (long) a.get(0),
                                    (int) a.get(1),
                                    (int) a.get(2),
                                    (int) a.get(3),
                                    (int) a.get(4),
                                    (FilterChunk) a.get(5));
                default -> {
                    continue;
                }
            }
            replayed++;
            memory.commandRing().read(sampler);
        }
        assertThat(replayed).isPositive();
    }
}
