package io.vireo.dataplane.wire;

import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.memory.SharedMemoryContext;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/** Shared memory small enough for tests: 2 workers, 100 routers, 1000 interfaces, rings of 128 KiB. */
public final class TestMemory {
    public static final SharedLimits LIMITS = SharedLimits.of(2)
            .withMaxRouters(100)
            .withMaxInterfaces(1000)
            .withMaxClasses(500)
            .withRingBytes(SharedLimits.MIN_RING_BYTES);

    private TestMemory() {}

    public static SharedMemoryContext context(Path directory) {
        return new SharedMemoryContext()
                .path(directory.resolve("dataplane.shm"))
                .limits(LIMITS)
                .pid(4711)
                .startTimeMs(1_000_000);
    }

    public static SharedMemory create(Path directory) {
        SharedMemory memory = SharedMemory.create(context(directory));
        memory.ready();
        return memory;
    }

    public static long count(SharedMemory memory, SystemCounter counter) {
        return memory.systemCounters().get(counter).get();
    }

    /** Polls until a ring is empty: a poll that takes nothing may only have passed the padding at the ring's end. */
    public static void drain(RingBuffer ring, Runnable poll) {
        while (ring.size() > 0) {
            poll.run();
        }
    }

    /** Writes a whole record as a hostile or broken process would. */
    public static void write(RingBuffer ring, int recordType, byte[] bytes) {
        if (!ring.write(recordType, new UnsafeBuffer(bytes), 0, bytes.length)) {
            throw new IllegalStateException("ring is full");
        }
    }
}
