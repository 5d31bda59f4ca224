package io.vireo.dataplane.wire;

import io.vireo.dataplane.wire.memory.SharedMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shared memory for a case: one per JVM, since its rings are what the threads meet in. */
public final class StressMemory {
    private StressMemory() {}

    /** As {@link TestMemory#create}; its file is gone again when this returns, the mapping stays. */
    public static SharedMemory create() {
        try {
            Path directory = Files.createTempDirectory("vireo-jcstress");
            SharedMemory memory = TestMemory.create(directory);
            Files.delete(memory.path());
            Files.delete(directory);
            return memory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
