package io.vireo.dpdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says about this machine (proc(5)). */
final class ProcFs {
    private ProcFs() {}

    /** Returns the CPUs the calling thread may use, as Linux writes them: {@code 0-3,8}. */
    static String allowedCpus() {
        return value(Path.of("/proc/thread-self/status"), "Cpus_allowed_list:");
    }

    /** Returns the memory that can be taken without swapping, MB. */
    static long availableMemoryMegabytes() {
        String kilobytes = value(Path.of("/proc/meminfo"), "MemAvailable:").replace(" kB", "");
        return Long.parseLong(kilobytes) >> 10;
    }

    private static String value(Path file, String key) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()).strip())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(file + " has no " + key));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
