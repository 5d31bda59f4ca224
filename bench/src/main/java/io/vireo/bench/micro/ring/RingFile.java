package io.vireo.bench.micro.ring;

import io.vireo.bench.process.ChildProcesses;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.memory.SharedMemoryContext;
import java.io.IOException;
import java.nio.file.Path;

/** Shared memory of its own with rings of the size they have in service. */
final class RingFile implements AutoCloseable {
    private static final int ROUTERS = 16;
    private static final int INTERFACES = 32;

    final SharedMemory memory;
    private final Path directory;

    RingFile() throws IOException {
        directory = ChildProcesses.directory("vireo-micro-");
        memory = SharedMemory.create(new SharedMemoryContext()
                .path(directory.resolve("rings.shm"))
                .limits(SharedLimits.of(1)
                        .withMaxRouters(ROUTERS)
                        .withMaxInterfaces(INTERFACES)
                        .withMaxClasses(2)));
    }

    @Override
    public void close() {
        memory.close();
        ChildProcesses.remove(directory);
    }
}
