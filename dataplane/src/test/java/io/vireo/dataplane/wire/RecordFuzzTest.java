package io.vireo.dataplane.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.dataplane.wire.command.AllCommands;
import io.vireo.dataplane.wire.command.CommandAdapter;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.command.RandomCommands;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.event.EventAdapter;
import io.vireo.dataplane.wire.event.EventHandler;
import io.vireo.dataplane.wire.event.EventProxy;
import io.vireo.dataplane.wire.event.RandomEvents;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.MessageFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.junit.jupiter.params.provider.MethodSource;

/** Records of any bytes in the command and event rings, as a broken or hostile process could write them. */
class RecordFuzzTest {
    private static final SharedMemory MEMORY = memory();
    private static final List<Call> CALLS = new ArrayList<>();
    private static final CommandAdapter COMMANDS = new CommandAdapter(MEMORY, AllCommands.recorder(CALLS));
    private static final EventAdapter EVENTS = new EventAdapter(MEMORY, Call.recorder(EventHandler.class, CALLS));

    private static SharedMemory memory() {
        try {
            Path directory = Files.createTempDirectory("vireo-records");
            SharedMemory memory = TestMemory.create(directory);
            Files.delete(memory.path()); // mapped all the same
            Files.delete(directory);
            return memory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One command of each kind. */
    static Stream<byte[]> commands() {
        List<byte[]> records = new ArrayList<>();
        RandomCommands commands = new RandomCommands(new Random(1), new DataplaneProxy(MEMORY, 0));
        for (int kind = 0; kind < commands.kinds(); kind++) {
            commands.send(kind);
            take(MEMORY.commandRing(), records);
        }
        return records.stream();
    }

    /** One event of each kind. */
    static Stream<byte[]> events() {
        List<byte[]> records = new ArrayList<>();
        RandomEvents events = new RandomEvents(new Random(1), new EventProxy(MEMORY));
        for (int kind = 0; kind < events.kinds(); kind++) {
            events.send(kind);
            take(MEMORY.eventRing(), records);
        }
        return records.stream();
    }

    /** A command reaches its handler or is counted as malformed; never is anything outside the record read. */
    @MethodSource("commands")
    @FuzzTest
    void shouldCarryOutOrCountCommands(byte[] record) {
        assertCalledOrCounted(COMMANDS::onMessage, SystemCounter.COMMANDS_MALFORMED, record);
    }

    /** An event reaches its handler or is counted as malformed; never is anything outside the record read. */
    @MethodSource("events")
    @FuzzTest
    void shouldReportOrCountEvents(byte[] record) {
        assertCalledOrCounted(EVENTS::onMessage, SystemCounter.EVENTS_MALFORMED, record);
    }

    private static void assertCalledOrCounted(MessageHandler adapter, SystemCounter malformed, byte[] record) {
        CALLS.clear();
        long before = TestMemory.count(MEMORY, malformed);
        // Outside the heap, as in the ring, and of exactly its length: Agrona checks the bounds.
        ByteBuffer bytes = ByteBuffer.allocateDirect(record.length).put(record).flip();
        adapter.onMessage(MessageFrame.RECORD_TYPE, new UnsafeBuffer(bytes), 0, record.length);
        assertThat(CALLS.size() + TestMemory.count(MEMORY, malformed) - before).isEqualTo(1);
    }

    private static void take(RingBuffer ring, List<byte[]> records) {
        TestMemory.drain(
                ring,
                () -> ring.read((type, buffer, offset, length) -> {
                    byte[] bytes = new byte[length];
                    buffer.getBytes(offset, bytes);
                    records.add(bytes);
                }));
    }
}
