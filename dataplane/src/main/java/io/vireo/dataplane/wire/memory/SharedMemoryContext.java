package io.vireo.dataplane.wire.memory;

import io.vireo.dataplane.wire.layout.SharedLimits;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the data plane says about itself when it creates the shared memory. Filled fluently, then handed over once. */
public final class SharedMemoryContext {
    private @Nullable Path path;
    private SharedLimits limits = SharedLimits.of(1);
    private long pid = ProcessHandle.current().pid();
    private long startTimeMs = System.currentTimeMillis();

    /** Sets the file, usually {@code /dev/shm/vireo/<node>/dataplane.shm}. Required. */
    public SharedMemoryContext path(Path file) {
        path = file;
        return this;
    }

    /** Sets what there is room for. Default: {@link SharedLimits#of} one worker. */
    public SharedMemoryContext limits(SharedLimits newLimits) {
        limits = newLimits;
        return this;
    }

    /** Sets the process id of the data plane. Default: this process. */
    public SharedMemoryContext pid(long newPid) {
        pid = newPid;
        return this;
    }

    /** Sets when the data plane started, in ms since 1970 UTC. Default: when this context was made. */
    public SharedMemoryContext startTimeMs(long newStartTimeMs) {
        startTimeMs = newStartTimeMs;
        return this;
    }

    Path path() {
        return Objects.requireNonNull(path, "path of the shared memory is not set");
    }

    SharedLimits limits() {
        return limits;
    }

    long pid() {
        return pid;
    }

    long startTimeMs() {
        return startTimeMs;
    }
}
